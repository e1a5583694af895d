/** The rows that a run adds to the change log of an entity. */
@NullMarked
package dev.plumbline.timeline.log;

import org.jspecify.annotations.NullMarked;
