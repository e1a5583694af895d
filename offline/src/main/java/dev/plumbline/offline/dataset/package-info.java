/** Training datasets: built, described, found again. */
@NullMarked
package dev.plumbline.offline.dataset;

import org.jspecify.annotations.NullMarked;
