/**
 * Upkeep of the tables of a view: fewer and sorted files, no snapshots or files that nobody needs.
 */
@NullMarked
package dev.plumbline.offline.maintain;

import org.jspecify.annotations.NullMarked;
