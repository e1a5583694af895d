package dev.plumbline.definition.yaml;

import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks what can be known of the expressions of features whose inputs are not sound, so that a
 * mistake in one place does not hide those in others.
 */
final class FeatureSyntax {
  private final Problems problems;
  private final Consumer<String> check;

  private FeatureSyntax(Problems problems, Consumer<String> check) {
    this.problems = problems;
    this.check = check;
  }

  /** Of features that are expressions. */
  static FeatureSyntax ofExpressions(Problems problems) {
    return new FeatureSyntax(problems, Expressions::checkSyntax);
  }

  /** Of features that are aggregate calls. */
  static FeatureSyntax ofAggregates(Problems problems) {
    return new FeatureSyntax(problems, Expressions::checkAggregateSyntax);
  }

  void check(List<Declaration> declared) {
    declared.stream()
        .filter(Declaration::sound) // a misspelt window makes an aggregate look misplaced
        .forEach(each -> each.expr().ifPresent(this::check));
  }

  private void check(Scalar expr) {
    try {
      check.accept(expr.text());
    } catch (ExpressionException e) {
      problems.add(expr.where(e.offset()), Refused.complaint("expr", e.refusal()));
    }
  }
}
