/** The online store: one packed record per entity and view version, compare-and-set, markers. */
@NullMarked
package dev.plumbline.store;

import org.jspecify.annotations.NullMarked;
