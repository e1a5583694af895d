/** A Redis for people without one: found, or started on this machine alone. */
@NullMarked
package dev.plumbline.store.local;

import org.jspecify.annotations.NullMarked;
