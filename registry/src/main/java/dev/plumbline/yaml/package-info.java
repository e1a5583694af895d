/** YAML read with the place of every word, so that whatever is wrong can be pointed at. */
@NullMarked
package dev.plumbline.yaml;

import org.jspecify.annotations.NullMarked;
