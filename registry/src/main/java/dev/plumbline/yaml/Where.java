package dev.plumbline.yaml;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Where(String file, int line, int column) {
  /**
   * This place as seen from {@code other}: {@code line 31}, or with its file if that is another.
   */
  public String from(Where other) {
    return file.equals(other.file) ? "line " + line : file + ":" + line;
  }
}
