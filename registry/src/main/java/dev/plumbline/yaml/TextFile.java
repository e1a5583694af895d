package dev.plumbline.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files as text. */
public final class TextFile {
  /** Of one file; a hundred times what people write. */
  public static final long MOST_BYTES = 1 << 20;

  private TextFile() {}

  /**
   * The text of a file; empty, and a problem, if it is too large or no text.
   *
   * @param name relative to the project, for messages
   * @throws UnavailableException if it cannot be read
   */
  public static Optional<String> read(Path file, String name, Problems problems) {
    Where start = new Where(name, 1, 1);
    if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would be waited for
      throw new UnavailableException("%s cannot be read: it is no file".formatted(file));
    }
    try {
      long bytes = Files.size(file);
      if (bytes <= MOST_BYTES) {
        return Optional.of(Files.readString(file));
      }
      problems.add(
          start,
          ProblemCode.FILE_TOO_LARGE
              .found("has %,d bytes", bytes)
              .expected("at most %,d", MOST_BYTES)
              .remedy("cut it into several files"));
    } catch (CharacterCodingException e) {
      problems.add(
          start, ProblemCode.NOT_UTF8.found("is not UTF-8 text").remedy("save it as UTF-8"));
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    return Optional.empty();
  }
}
