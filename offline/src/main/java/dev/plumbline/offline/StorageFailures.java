package dev.plumbline.offline;

import dev.plumbline.failure.UnavailableException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSError;

/**
 * What is said when files cannot be written or are gone: by Hadoop with an {@link Error}, by
 * Iceberg with an exception that names one file, by Spark with an exception that nobody declares
 * and that has the words of a task in its text.
 */
public final class StorageFailures {
  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded|database or disk is full");

  private static final Pattern LOST =
      Pattern.compile(
          "iceberg\\.exceptions\\.NotFoundException: [^:\\n]+: (?:file:/*(?=/))?([^\n]+)");

  private StorageFailures() {}

  /**
   * Does work whose failures are all exceptions that say what to do.
   *
   * @throws UnavailableException if a disk is full, a file cannot be written, or one of a table is
   *     gone
   */
  public static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception | FSError e) { // Scala throws checked ones too
      throw explained(e);
    }
  }

  private static RuntimeException explained(Throwable failure) {
    if (failure instanceof RuntimeException told
        && causes(failure).anyMatch(UnavailableException.class::isInstance)) {
      return told;
    }
    if (causes(failure).anyMatch(cause -> FULL.matcher(cause.toString()).find())) {
      return new UnavailableException(
          "a disk is full: make room where the warehouse, .plumb and temporary files lie, and run again; a run that was not committed is no part of any table",
          failure);
    }
    Optional<String> lost =
        causes(failure)
            .map(cause -> LOST.matcher(cause.toString()))
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst();
    if (lost.isPresent()) {
      return new UnavailableException(
          "the warehouse has lost the file %s; bring it back from a copy: without it what the ledger counts cannot be read"
              .formatted(lost.get()),
          failure);
    }
    if (failure instanceof FSError) {
      return new UnavailableException(
          "a file cannot be read or written: " + failure.getMessage(), failure);
    }
    return failure instanceof RuntimeException told ? told : new IllegalStateException(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
