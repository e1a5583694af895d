/** The Java client: asks a feature server for vectors, with a status for every value. */
@NullMarked
package dev.plumbline.client;

import org.jspecify.annotations.NullMarked;
