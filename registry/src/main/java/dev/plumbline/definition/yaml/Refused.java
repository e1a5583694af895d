package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.expression.Refusal;

/** Turns what is wrong with an expression into what is wrong with a definition. */
public final class Refused {
  private Refused() {}

  /**
   * The complaint of an expression.
   *
   * @param key whose value it is
   */
  public static Complaint complaint(String key, Refusal refusal) {
    return complaint(refusal).about(key + ":");
  }

  /** The complaint of an expression that is named elsewhere. */
  public static Complaint complaint(Refusal refusal) {
    return new Complaint(
        code(refusal.reason()), refusal.found(), refusal.expected(), refusal.remedy());
  }

  private static ProblemCode code(Refusal.Reason reason) {
    return switch (reason) {
      case SYNTAX -> ProblemCode.EXPRESSION_SYNTAX;
      case UNKNOWN_COLUMN -> ProblemCode.UNKNOWN_COLUMN;
      case UNKNOWN_FUNCTION -> ProblemCode.UNKNOWN_FUNCTION;
      case UNKNOWN_TABLE -> ProblemCode.UNKNOWN_TABLE;
      case NOT_ALLOWED -> ProblemCode.NOT_ALLOWED;
      case TYPE -> ProblemCode.BAD_EXPRESSION_TYPE;
      case AGGREGATE -> ProblemCode.BAD_AGGREGATE;
      case TOO_LARGE -> ProblemCode.EXPRESSION_TOO_LARGE;
      case OTHER -> ProblemCode.BAD_EXPRESSION;
    };
  }
}
