package dev.plumbline.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The text of a document, to find the place of a character of a scalar. */
final class YamlText {
  private final String file;
  private final int firstLine;
  private final int[] characters;

  /**
   * The text of a document.
   *
   * @param firstLine that of the text in the file, from 1
   */
  YamlText(String file, String text, int firstLine) {
    this.file = file;
    this.firstLine = firstLine;
    this.characters = text.codePoints().toArray();
  }

  Where start(Node node) {
    return at(node.getStartMark());
  }

  /** The place of a mark; the beginning of the document if there is none. */
  Where at(Optional<Mark> mark) {
    return mark.map(at -> new Where(file, firstLine + at.getLine(), at.getColumn() + 1))
        .orElseGet(() -> new Where(file, firstLine, 1));
  }

  /**
   * The place of the character at {@code offset} of the scalar's value. White space may have been
   * folded, so the two texts are walked side by side from one visible character to the next.
   */
  Where inside(ScalarNode scalar, int offset) {
    ScalarStyle style = scalar.getScalarStyle();
    int at = firstCharacter(scalar.getStartMark().orElseThrow().getIndex(), style);
    String value = scalar.getValue();
    for (int i = 0; i < Math.min(offset, value.length()); i++) {
      char expected = value.charAt(i);
      if (Character.isLowSurrogate(expected)) {
        continue;
      }
      if (!Character.isWhitespace(expected)) {
        at = skipBlanks(at, style);
        at += width(at, style);
      } else if (at < characters.length && characters[at] == '\\') {
        at += width(at, style);
      }
    }
    boolean onBlank = offset < value.length() && Character.isWhitespace(value.charAt(offset));
    boolean atEnd = offset >= value.length();
    return place(onBlank || atEnd ? at : skipBlanks(at, style));
  }

  private int firstCharacter(int start, ScalarStyle style) {
    int at = start;
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      while (at < characters.length && characters[at] != '\n') {
        at++;
      }
      return at;
    }
    boolean quoted = style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED;
    return quoted ? at + 1 : at;
  }

  /** In double quotes a line break that is escaped stands for nothing, like a folded one. */
  private int skipBlanks(int from, ScalarStyle style) {
    int at = from;
    while (isBlank(at) || (style == ScalarStyle.DOUBLE_QUOTED && isEscapedBreak(at))) {
      at++;
    }
    return at;
  }

  private boolean isBlank(int at) {
    return at < characters.length && Character.isWhitespace(characters[at]);
  }

  private boolean isEscapedBreak(int at) {
    return at + 1 < characters.length && characters[at] == '\\' && characters[at + 1] == '\n';
  }

  /** How many characters of the file stand for the one character of the value at {@code at}. */
  private int width(int at, ScalarStyle style) {
    if (at + 1 >= characters.length) {
      return 1;
    }
    if (style == ScalarStyle.SINGLE_QUOTED && characters[at] == '\'') {
      return 2;
    }
    if (style != ScalarStyle.DOUBLE_QUOTED || characters[at] != '\\') {
      return 1;
    }
    return switch (characters[at + 1]) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  /** The place of the character at {@code index} of the document, in code points. */
  Where place(int index) {
    int line = firstLine;
    int column = 1;
    for (int i = 0; i < Math.min(index, characters.length); i++) {
      column++;
      if (characters[i] == '\n') {
        line++;
        column = 1;
      }
    }
    return new Where(file, line, column);
  }
}
