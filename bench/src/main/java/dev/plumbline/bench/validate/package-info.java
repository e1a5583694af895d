/** How long it takes to check many definitions. */
@NullMarked
package dev.plumbline.bench.validate;

import org.jspecify.annotations.NullMarked;
