/** A project on disk: its folder, its {@code plumb.yaml}, its definitions. */
@NullMarked
package dev.plumbline.project;

import org.jspecify.annotations.NullMarked;
