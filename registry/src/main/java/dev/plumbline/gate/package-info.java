/**
 * Whether the newest refresh of a run is what its view expects, told from its rows one at a time,
 * in any partitions, without an engine.
 */
@NullMarked
package dev.plumbline.gate;

import org.jspecify.annotations.NullMarked;
