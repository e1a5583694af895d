/** Runs of a view: refreshes computed, committed, published. */
@NullMarked
package dev.plumbline.offline.materialize;

import org.jspecify.annotations.NullMarked;
