/** Benchmarks: what is measured, against what, and how it is told. */
@NullMarked
package dev.plumbline.bench;

import org.jspecify.annotations.NullMarked;
