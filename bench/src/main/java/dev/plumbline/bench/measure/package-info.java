/** What was measured, and what it is compared with. */
@NullMarked
package dev.plumbline.bench.measure;

import org.jspecify.annotations.NullMarked;
