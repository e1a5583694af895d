package dev.plumbline.yaml;

import dev.plumbline.definition.ProblemCode;

/**
 * Characters that a reader does not see, or that make others appear in another order: what is
 * reviewed would not be what is meant.
 */
final class YamlCharacters {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int MOST_REPORTED = 20;

  private YamlCharacters() {}

  /** Whether a text holds only characters that are seen. */
  static boolean areSeen(String text) {
    return text.codePoints().allMatch(YamlCharacters::isSeen);
  }

  /** Reports each character that is not seen, the first twenty of them; whether there is none. */
  static boolean check(String text, YamlText places, Problems problems) {
    int[] hidden = text.codePoints().filter(each -> !isSeen(each)).limit(MOST_REPORTED).toArray();
    int at = -1;
    for (int character : hidden) {
      at = text.indexOf(character, at + 1);
      problems.add(
          places.place(text.codePointCount(0, at)),
          ProblemCode.BAD_CHARACTER
              .found("the character U+%04X, which is not seen", character)
              .remedy("delete it; what an expression needs is written as an escape of SQL"));
    }
    return hidden.length == 0;
  }

  /** Joiners are parts of written words and of emoji. */
  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character == '\t' || character == '\n';
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
