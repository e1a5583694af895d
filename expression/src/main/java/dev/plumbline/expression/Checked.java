package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import java.util.function.Supplier;

/** What the check of an expression came to. */
public sealed interface Checked {
  /** It has this type. */
  record Sound(DataType type) implements Checked {}

  /** It has none. */
  record Refused(ExpressionException why) implements Checked {}

  /** What {@code type} gives, or why it does not. */
  static Checked of(Supplier<DataType> type) {
    try {
      return new Sound(type.get());
    } catch (ExpressionException e) {
      return new Refused(e);
    }
  }
}
