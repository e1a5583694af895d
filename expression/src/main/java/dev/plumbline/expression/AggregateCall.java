package dev.plumbline.expression;

import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.type.DataType;
import java.util.Optional;

/**
 * An aggregate over one scalar expression, as a windowed feature declares it.
 *
 * @param argument Spark SQL of the scalar that is aggregated; absent for {@code count(*)}
 * @param argumentType of that scalar; bigint where it is absent
 * @param type of the result
 */
public record AggregateCall(
    Aggregate function, Optional<String> argument, DataType argumentType, DataType type) {}
