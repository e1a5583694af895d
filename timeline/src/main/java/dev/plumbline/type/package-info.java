/**
 * The types of section "Words": what a key, a feature or a request value can be, and how each is
 * compared and written down.
 */
@NullMarked
package dev.plumbline.type;

import org.jspecify.annotations.NullMarked;
