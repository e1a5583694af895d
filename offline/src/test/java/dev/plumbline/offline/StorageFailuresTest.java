package dev.plumbline.offline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class StorageFailuresTest {
  private static final String FULL = "No space left on device";

  /** What is written to {@code /dev/full} finds no space, as on a disk without any. */
  @Test
  void anErrorOfHadoopIsAFailureLikeAnyOther() throws IOException {
    try (RawLocalFileSystem files = new RawLocalFileSystem()) {
      files.initialize(URI.create("file:///"), new Configuration(false));
      OutputStream full = files.append(new Path("/dev/full"));
      assertUnavailable(
          () -> {
            try {
              full.write(new byte[1_000_000]);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return "written";
          },
          "a disk is full: make room");
    }
  }

  @Test
  void theTextOfATaskIsEnough() {
    assertUnavailable(
        () -> {
          throw sneaky(new SparkException("Job aborted: java.io.IOException: " + FULL));
        },
        "a disk is full: make room");
  }

  @Test
  void aFileThatATableHasLostIsNamed() {
    String text = "Failed to open input stream for file: file:///lake/bank/a b.parquet";
    assertUnavailable(
        () -> {
          throw new IllegalStateException(new NotFoundException("%s", text));
        },
        "the warehouse has lost the file /lake/bank/a b.parquet; bring it back");
    assertUnavailable(
        () -> {
          throw sneaky(
              new SparkException(
                  "Job aborted (executor 1): org.apache.iceberg.exceptions.NotFoundException: File does not exist: s3a://lake/x.parquet\n\tat somewhere"));
        },
        "the warehouse has lost the file s3a://lake/x.parquet; bring it back");
  }

  @Test
  void anythingElseStaysWhatItIs() {
    RuntimeException failure = new UnavailableException("told", new IOException(FULL));
    RuntimeException told = new IllegalStateException("told already", failure);

    assertThatThrownBy(
            () ->
                StorageFailures.explained(
                    () -> {
                      throw told;
                    }))
        .isSameAs(told);
  }

  private static void assertUnavailable(Supplier<Object> work, String message) {
    assertThatThrownBy(() -> StorageFailures.explained(work))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith(message);
  }

  /** As Scala throws it. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException sneaky(Exception failure) throws E {
    throw (E) failure;
  }
}
