/** The offline store: one Iceberg table per view version that holds its change log. */
@NullMarked
package dev.plumbline.offline.log;

import org.jspecify.annotations.NullMarked;
