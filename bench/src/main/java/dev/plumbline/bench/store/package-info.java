/** How many bytes an entity takes in Redis, and how fast many of them are written. */
@NullMarked
package dev.plumbline.bench.store;

import org.jspecify.annotations.NullMarked;
