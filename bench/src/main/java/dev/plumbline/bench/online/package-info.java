/**
 * Online serving: how many calls a second, how long they take and what they cost, against a server
 * that does nothing, a Redis client without a server, and a plain server.
 */
@NullMarked
package dev.plumbline.bench.online;

import org.jspecify.annotations.NullMarked;
