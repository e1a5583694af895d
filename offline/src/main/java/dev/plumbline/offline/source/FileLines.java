package dev.plumbline.offline.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** The lines of a file from its first one on, perhaps compressed. Blank ones are passed over. */
final class FileLines {
  private FileLines() {}

  /**
   * What {@code work} makes of the lines.
   *
   * @param file its address
   */
  static <T> T of(String file, Configuration hadoop, Function<Stream<String>, T> work)
      throws IOException {
    Path path = new Path(URI.create(file));
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (InputStream bytes = path.getFileSystem(hadoop).open(path);
        InputStream plain = codec == null ? bytes : codec.createInputStream(bytes);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return work.apply(
          reader
              .lines()
              .map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line)
              .filter(line -> !line.isBlank()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
