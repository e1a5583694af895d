package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as DVC 3 tracks it: the text of the {@code .dvc} file that {@code dvc add} would write.
 *
 * <p>DVC hashes a folder by the MD5 of a JSON text that lists the MD5 and the relative path of each
 * file, in the order of the paths, written as Python writes it.
 */
public final class DvcExport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Path folder;

  /** An export of all files in {@code folder}. */
  public DvcExport(Path folder) {
    this.folder = folder;
  }

  private record Tracked(String path, String md5, long size) {}

  /**
   * Writes the {@code .dvc} file.
   *
   * @param file where to; DVC wants it within the same repository as the folder
   * @throws NotFoundException if the folder is gone
   * @throws UnavailableException if something cannot be read or written
   */
  public void write(Path file) {
    Path target = file.toAbsolutePath().normalize();
    try {
      Path parent = target.resolveSibling("");
      Files.createDirectories(parent);
      String path = parent.relativize(folder.toAbsolutePath().normalize()).toString();
      Files.writeString(target, text(path.replace('\\', '/')));
    } catch (IOException e) {
      throw new UnavailableException(
          "%s cannot be written: %s".formatted(target, e.getMessage()), e);
    }
  }

  /**
   * The text of the {@code .dvc} file.
   *
   * @param path of the folder as seen from that file
   */
  String text(String path) throws IOException {
    List<Tracked> files = files();
    return """
        outs:
        - md5: %s.dir
          size: %d
          nfiles: %d
          hash: md5
          path: %s
        """
        .formatted(
            md5(listing(files).getBytes(StandardCharsets.UTF_8)),
            files.stream().mapToLong(Tracked::size).sum(),
            files.size(),
            quoted(path));
  }

  private List<Tracked> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotFoundException(
          "%s is gone (expected: the files of the dataset); build it again".formatted(folder));
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Tracked> tracked = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        tracked.add(new Tracked(name, md5(file), Files.size(file)));
      }
      tracked.sort(Comparator.comparing(Tracked::path));
      return tracked;
    }
  }

  /** As {@code json.dumps} of Python writes it, with a blank behind each comma and colon. */
  private static String listing(List<Tracked> files) throws JsonProcessingException {
    List<String> entries = new ArrayList<>();
    for (Tracked file : files) {
      entries.add(
          "{\"md5\": \"%s\", \"relpath\": %s}"
              .formatted(file.md5(), MAPPER.writeValueAsString(file.path())));
    }
    return "[" + String.join(", ", entries) + "]";
  }

  /** YAML takes what is in double quotes as JSON does; plain names stay plain. */
  private static String quoted(String path) throws JsonProcessingException {
    return path.matches("[A-Za-z0-9_./][A-Za-z0-9_./=@+-]*")
        ? path
        : MAPPER.writeValueAsString(path);
  }

  private static String md5(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String md5(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
