/**
 * The one time rule: row times and their order, what is visible when, the as-of answer. Docs:
 * {@code docs/spec/time.md}.
 */
@NullMarked
package dev.plumbline.timeline;

import org.jspecify.annotations.NullMarked;
