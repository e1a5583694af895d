/**
 * What can go wrong without a bug of ours, by what the person who asked has to do. The command line
 * turns each kind into an exit code.
 */
@NullMarked
package dev.plumbline.failure;

import org.jspecify.annotations.NullMarked;
