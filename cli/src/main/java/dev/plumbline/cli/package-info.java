/** The {@code plumb} command. */
@NullMarked
package dev.plumbline.cli;

import org.jspecify.annotations.NullMarked;
