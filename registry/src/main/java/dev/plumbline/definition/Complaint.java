package dev.plumbline.definition;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Optional;

/**
 * What is wrong, without its place. All texts are one line of bounded length: a character of a file
 * that could break it is shown by its number.
 *
 * @param found what is there
 * @param expected what should be; absent where {@code found} says it
 * @param remedy what to do; absent where that is plain
 */
public record Complaint(
    ProblemCode code, String found, Optional<String> expected, Optional<String> remedy) {
  /** Of each part: a file that is hostile must not fill a terminal. */
  private static final int MOST_CHARACTERS = 2_000;

  public Complaint {
    found = visible(found);
    expected = expected.map(Complaint::visible);
    remedy = remedy.map(Complaint::visible);
  }

  public Complaint expected(String what) {
    return new Complaint(code, found, Optional.of(what), remedy);
  }

  /** What was expected, with the arguments that its format takes. */
  @FormatMethod
  public Complaint expected(String format, Object... arguments) {
    return expected(format.formatted(arguments));
  }

  public Complaint remedy(String what) {
    return new Complaint(code, found, expected, Optional.of(what));
  }

  /** The remedy, with the arguments that its format takes. */
  @FormatMethod
  public Complaint remedy(String format, Object... arguments) {
    return remedy(format.formatted(arguments));
  }

  /** The same of {@code subject}, which stands before what is found. */
  public Complaint about(String subject) {
    return new Complaint(code, subject + " " + found, expected, remedy);
  }

  /** {@code found (expected: ...); remedy}. */
  public String text() {
    return found
        + expected.map(what -> " (expected: " + what + ")").orElse("")
        + remedy.map(what -> "; " + what).orElse("");
  }

  /** {@code found (expected: ...); remedy [code]}. */
  @Override
  public String toString() {
    return text() + " [" + code.code() + "]";
  }

  private static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST_CHARACTERS)
        .forEach(
            each -> {
              if (isSeen(each)) {
                shown.appendCodePoint(each);
              } else {
                shown.append("\\u%04X".formatted(each));
              }
            });
    boolean cut = text.codePointCount(0, text.length()) > MOST_CHARACTERS;
    return cut ? shown + "..." : shown.toString();
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
