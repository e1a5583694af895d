/** What files may hold, as a JSON Schema for editors. */
@NullMarked
package dev.plumbline.yaml.schema;

import org.jspecify.annotations.NullMarked;
