/** The jar for spark-submit on a real cluster. */
@NullMarked
package dev.plumbline.cluster;

import org.jspecify.annotations.NullMarked;
