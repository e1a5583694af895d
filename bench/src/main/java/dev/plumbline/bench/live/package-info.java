/** A live run of a view that has a long past. */
@NullMarked
package dev.plumbline.bench.live;

import org.jspecify.annotations.NullMarked;
