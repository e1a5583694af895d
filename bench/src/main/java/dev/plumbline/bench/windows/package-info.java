/** Windows over a log of events, by Plumbline and by Spark SQL alone. */
@NullMarked
package dev.plumbline.bench.windows;

import org.jspecify.annotations.NullMarked;
