/** Which run comes next, what it may do, and how its rows are published. */
@NullMarked
package dev.plumbline.timeline.run;

import org.jspecify.annotations.NullMarked;
