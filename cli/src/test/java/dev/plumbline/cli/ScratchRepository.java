package dev.plumbline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A Git repository of its own in a folder. */
final class ScratchRepository {
  private static final Map<String, String> IDENTITY =
      Map.of(
          "GIT_AUTHOR_NAME", "somebody",
          "GIT_AUTHOR_EMAIL", "somebody@example.com",
          "GIT_COMMITTER_NAME", "somebody",
          "GIT_COMMITTER_EMAIL", "somebody@example.com",
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null");

  private final Path folder;

  private ScratchRepository(Path folder) {
    this.folder = folder;
  }

  /** A new one, its branch called main. */
  static ScratchRepository in(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ScratchRepository repository = new ScratchRepository(folder);
    repository.git("init", "-q", "-b", "main");
    return repository;
  }

  Path folder() {
    return folder;
  }

  String git(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempDirectory("git");
    try {
      List<String> there = new ArrayList<>(List.of("git", "-C", folder.toString()));
      there.addAll(List.of(arguments));
      return Programs.run(output, there, IDENTITY).strip();
    } finally {
      try (Stream<Path> left = Files.list(output)) {
        for (Path each : left.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(output);
    }
  }

  /** Writes a file; its folder is made. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void commitAll(String message) throws IOException, InterruptedException {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  /** Every file and folder, {@code .git} too, with what is in it and when it was changed. */
  SortedMap<String, String> everything() throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.forEach(path -> all.put(folder.relativize(path).toString(), state(path)));
    }
    return all;
  }

  private static String state(Path path) {
    try {
      String content =
          Files.isRegularFile(path) ? HexFormat.of().formatHex(Files.readAllBytes(path)) : "";
      return Files.getLastModifiedTime(path) + " " + content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
