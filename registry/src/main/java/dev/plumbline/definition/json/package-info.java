/** A revision as one canonical JSON document, and fingerprints of what definitions mean. */
@NullMarked
package dev.plumbline.definition.json;

import org.jspecify.annotations.NullMarked;
