/** Spark at the edge: where definitions become tables, and labels become training datasets. */
@NullMarked
package dev.plumbline.offline;

import org.jspecify.annotations.NullMarked;
