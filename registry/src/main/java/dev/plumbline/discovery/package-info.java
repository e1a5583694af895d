/** What a revision declares, found by name or by word, and what depends on what. */
@NullMarked
package dev.plumbline.discovery;

import org.jspecify.annotations.NullMarked;
