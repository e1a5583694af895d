/** Reading sources as their declared columns. */
@NullMarked
package dev.plumbline.offline.source;

import org.jspecify.annotations.NullMarked;
