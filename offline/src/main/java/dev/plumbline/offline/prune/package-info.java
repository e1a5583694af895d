/** What versions that were removed still occupy, and its deletion. */
@NullMarked
package dev.plumbline.offline.prune;

import org.jspecify.annotations.NullMarked;
