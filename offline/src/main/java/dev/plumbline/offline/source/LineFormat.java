package dev.plumbline.offline.source;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How one line of text becomes raw values. */
interface LineFormat extends Serializable {
  /** Whether the first line of a file only names the others' values. */
  enum FirstLine {
    NAMES,
    VALUES
  }

  FirstLine firstLine();

  /** How many raw values a line has. */
  int width();

  /**
   * Puts the values of {@code line} into {@code row}, from {@code first} on.
   *
   * @return what is wrong with the line; null: nothing
   */
  @Nullable String read(String line, @Nullable Object[] row, int first);
}
