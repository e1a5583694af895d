package dev.plumbline.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An expression, written otherwise: spaces, comments, letters, parentheses. */
public final class Rewritten {
  private static final Pattern TOKEN =
      Pattern.compile(
          "r?'(?:[^'\\\\]|\\\\.|'')*'|r?\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`"
              + "|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\w*|\\w+|<=>|<=|>=|<>|!=|==|\\|\\||->|::|\\S");
  private static final List<String> GAPS =
      List.of(" ", " ", "\n", "  ", "\t", " /* of */ ", " -- of\n", " /* ( ' */ ");
  private static final String TIGHT = "(),";

  /** A number after one of these may stand in parentheses, whatever the context. */
  private static final Set<String> BEFORE_OPERAND =
      Set.of("+", "*", "/", "%", "=", "<>", "!=", "<", "<=", ">", ">=", "then", "else");

  private Rewritten() {}

  /** The same words, with other gaps and letters. */
  public static String words(String sql, Random random) {
    return text(sql, random, Set.of());
  }

  /** The same expression. */
  public static String of(String sql, Random random) {
    return text(sql, random, BEFORE_OPERAND);
  }

  /** The same, in more parentheses; for an expression that is not an aggregate. */
  public static String scalar(String sql, Random random) {
    String text = of(sql, random);
    return random.nextInt(3) == 0 ? "(" + text + "\n)" : text;
  }

  private static String text(String sql, Random random, Set<String> beforeOperand) {
    List<String> tokens = tokens(sql);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      String before = i == 0 ? "(" : tokens.get(i - 1);
      String token = tokens.get(i);
      text.append(i == 0 ? "" : gap(before, token, random));
      boolean operand =
          beforeOperand.contains(before.toLowerCase(Locale.ROOT))
              && Character.isDigit(token.charAt(0));
      String cased = before.equals(".") ? token : cased(token, random);
      text.append(operand && random.nextBoolean() ? "( " + cased + ")" : cased);
    }
    return text.toString();
  }

  /** As the text is split for this purpose. */
  public static List<String> tokens(String sql) {
    return new ArrayList<>(TOKEN.matcher(sql).results().map(MatchResult::group).toList());
  }

  private static String gap(String left, String right, Random random) {
    if (left.equals(".") || right.equals(".")) {
      return "";
    }
    boolean tight = TIGHT.contains(left) || TIGHT.contains(right);
    return tight && random.nextBoolean() ? "" : GAPS.get(random.nextInt(GAPS.size()));
  }

  private static String cased(String token, Random random) {
    boolean word = Character.isLetter(token.charAt(0)) && token.matches("\\w+");
    if (!word) {
      return token;
    }
    return switch (random.nextInt(4)) {
      case 0 -> token.toUpperCase(Locale.ROOT);
      case 1 -> token.substring(0, 1).toUpperCase(Locale.ROOT) + token.substring(1);
      default -> token;
    };
  }
}
