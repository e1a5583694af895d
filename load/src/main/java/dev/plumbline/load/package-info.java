/**
 * Load on a server, and what it came to. In a closed loop so many calls are always on their way,
 * which finds how many a second there can be; in an open loop calls begin on a fixed schedule,
 * whether or not earlier ones were answered, which finds how long they take.
 */
@NullMarked
package dev.plumbline.load;

import org.jspecify.annotations.NullMarked;
