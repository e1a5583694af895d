package dev.plumbline.vector;

import dev.plumbline.timeline.Status;
import org.jspecify.annotations.Nullable;

/**
 * One feature of one vector.
 *
 * @param value a canonical value where the status is PRESENT, or the declared default where it is
 *     MISSING or EXPIRED; else null
 */
public record Cell(Status status, @Nullable Object value) {}
