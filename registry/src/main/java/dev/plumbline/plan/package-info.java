/** What changes from one revision to the next, for whom, and whether it may. */
@NullMarked
package dev.plumbline.plan;

import org.jspecify.annotations.NullMarked;
