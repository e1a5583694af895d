/** The gate between what a run has computed and its commit. */
@NullMarked
package dev.plumbline.offline.gate;

import org.jspecify.annotations.NullMarked;
