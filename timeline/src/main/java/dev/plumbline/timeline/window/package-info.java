/**
 * Aggregates over windows: values that depend on the multiset of source rows in a window and on
 * nothing else.
 */
@NullMarked
package dev.plumbline.timeline.window;

import org.jspecify.annotations.NullMarked;
