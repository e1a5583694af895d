package dev.plumbline.project;

import dev.plumbline.failure.InvalidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a secret is kept; never the secret itself. */
public sealed interface Secret {
  /** In this environment variable. */
  record InEnvironment(String variable) implements Secret {
    @Override
    public String read(Map<String, String> environment) {
      String value = environment.get(variable);
      if (value == null || value.isEmpty()) {
        throw new InvalidException(
            "the environment variable %s is not set (expected: a secret that plumb.yaml refers to)"
                .formatted(variable));
      }
      return value;
    }
  }

  /** In this file, without the line break at its end. */
  record InFile(Path file) implements Secret {
    @Override
    public String read(Map<String, String> environment) {
      try {
        return Files.readString(file).stripTrailing();
      } catch (IOException e) {
        throw new InvalidException(
            "%s cannot be read (expected: a secret that plumb.yaml refers to): %s"
                .formatted(file, e.getMessage()),
            e);
      }
    }
  }

  /**
   * The secret itself.
   *
   * @throws InvalidException if it is not there
   */
  String read(Map<String, String> environment);
}
