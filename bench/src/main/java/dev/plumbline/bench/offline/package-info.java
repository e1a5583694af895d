/** Labels joined with what was known when each was asked, by Plumbline and by other means. */
@NullMarked
package dev.plumbline.bench.offline;

import org.jspecify.annotations.NullMarked;
