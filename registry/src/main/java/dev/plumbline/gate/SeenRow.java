package dev.plumbline.gate;

import dev.plumbline.type.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the newest refresh of a run sees of an entity: in a windowed view the entity itself, in a
 * row view one of its source rows.
 *
 * @param eventTime of the source row, or the newest of the entity, in microseconds since 1970
 * @param content equal only for source rows that are equal; empty in a windowed view
 * @param values canonical, one per feature of the view
 */
public record SeenRow(long eventTime, Bytes content, List<? extends @Nullable Object> values) {}
