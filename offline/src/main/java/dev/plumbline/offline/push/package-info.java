/** From the committed log to the online store. */
@NullMarked
package dev.plumbline.offline.push;

import org.jspecify.annotations.NullMarked;
