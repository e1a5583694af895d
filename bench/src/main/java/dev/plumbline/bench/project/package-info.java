/** A project of its own for each thing that is measured. */
@NullMarked
package dev.plumbline.bench.project;

import org.jspecify.annotations.NullMarked;
