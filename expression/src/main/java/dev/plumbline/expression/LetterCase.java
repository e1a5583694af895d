package dev.plumbline.expression;

import java.lang.invoke.MethodHandles;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InitCap;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.catalyst.util.CollationAwareUTF8String;

/**
 * Upper and lower case follow the default locale of the JVM, which no setting of Spark reaches. A
 * few languages have rules of their own; there such an expression would mean something else.
 */
final class LetterCase {
  private static final Set<String> OWN_RULES = Set.of("az", "el", "hy", "lt", "nl", "tr");

  private LetterCase() {}

  /**
   * Refuses an expression that would mean something else on this JVM.
   *
   * @throws IllegalStateException if a part of {@code expression} changes the case of letters and
   *     this JVM would do so by the rules of one language
   */
  static void check(Expression expression) {
    Locale locale = Locale.getDefault();
    boolean ownRules = OWN_RULES.contains(locale.getLanguage());
    if (ownRules && changesCase(expression)) {
      throw new IllegalStateException(
          "'%s' under the default locale %s follows the rules of that language (expected: a locale other than those of %s); start Java with -Duser.language=en"
              .formatted(
                  expression.prettyName(),
                  locale,
                  String.join(", ", OWN_RULES.stream().sorted().toList())));
    }
    Catalyst.children(expression).forEach(LetterCase::check);
  }

  /**
   * Makes Spark's tables of letters, if {@code expression} needs them: it takes a second or more,
   * once. The call of a server that first evaluates such an expression should not wait for them,
   * nor all others of its thread.
   */
  static void readTables(Expression expression) {
    if (changesCase(expression)) {
      readTables();
    }
    Catalyst.children(expression).forEach(LetterCase::readTables);
  }

  private static boolean changesCase(Expression expression) {
    return expression instanceof Upper
        || expression instanceof Lower
        || expression instanceof InitCap;
  }

  private static void readTables() {
    try {
      MethodHandles.lookup().ensureInitialized(CollationAwareUTF8String.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
