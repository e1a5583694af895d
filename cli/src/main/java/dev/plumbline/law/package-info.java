/** The law of the house as a program: what is served equals what a training dataset would hold. */
@NullMarked
package dev.plumbline.law;

import org.jspecify.annotations.NullMarked;
