/** Labels joined with the rows that were visible when the model would have asked. */
@NullMarked
package dev.plumbline.offline.pointintime;

import org.jspecify.annotations.NullMarked;
