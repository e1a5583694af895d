package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import org.apache.spark.sql.Column;

/**
 * A declared column over the raw rows.
 *
 * @param value of the declared type
 * @param failure what to expect of the value when a row of text is met
 */
record DeclaredColumn(Source.Column declared, Column value, Failure failure) {
  /** Whether the value may be one that cannot be computed. */
  sealed interface Failure {
    /** It is there as it is. */
    record Never() implements Failure {}

    /**
     * It is cast from a text, and those that {@code possible} does not hold for are bad at once.
     */
    record OfCast(Column text, Column possible) implements Failure {}

    /** It is computed by an expression of the author. */
    record OfExpression(String expr) implements Failure {}
  }

  Column named() {
    return value.as(declared.name());
  }
}
