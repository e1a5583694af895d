/**
 * Columns of the wire contract as plain Java values and back, and its headers, for the server and
 * its clients.
 */
@NullMarked
package dev.plumbline.wire;

import org.jspecify.annotations.NullMarked;
