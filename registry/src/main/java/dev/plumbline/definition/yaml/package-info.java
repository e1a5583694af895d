/**
 * The definition language: YAML files to a resolved revision. Docs: {@code
 * docs/spec/definitions.md}.
 */
@NullMarked
package dev.plumbline.definition.yaml;

import org.jspecify.annotations.NullMarked;
