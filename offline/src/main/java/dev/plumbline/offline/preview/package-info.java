/** What a definition would give, seen before anything of it is applied or written. */
@NullMarked
package dev.plumbline.offline.preview;

import org.jspecify.annotations.NullMarked;
