/**
 * The feature server: answers a service, or a list of references, from the online store. Docs:
 * {@code docs/spec/serving.md}.
 */
@NullMarked
package dev.plumbline.online;

import org.jspecify.annotations.NullMarked;
