package dev.plumbline.definition.yaml;

import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Where;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files under {@code definitions/} of a project. */
final class DefinitionFiles {
  private final Path project;
  private final Problems problems;

  DefinitionFiles(Path project, Problems problems) {
    this.project = project;
    this.problems = problems;
  }

  /**
   * The texts of all files by their names relative to the project.
   *
   * @throws NotFoundException if there is no such folder
   */
  SortedMap<String, String> read() {
    Path folder = project.resolve("definitions");
    if (!Files.isDirectory(folder)) {
      throw new NotFoundException(
          "%s: there is no such folder (expected: definitions of features, in files *.yaml); run in a project or name one with --project"
              .formatted(folder));
    }
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        add(texts, file);
      }
    } catch (IOException e) {
      throw new UnavailableException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    return texts;
  }

  private void add(SortedMap<String, String> texts, Path file) throws IOException {
    String name = project.relativize(file).toString().replace('\\', '/');
    if (name.endsWith(".yml")) {
      problems.add(
          start(name), "ends in .yml (expected: .yaml), so it would be passed over; rename it");
    }
    if (!name.endsWith(".yaml")) {
      return;
    }
    try {
      texts.put(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      problems.add(start(name), "is not UTF-8 text; save it as UTF-8");
    }
  }

  private static Where start(String file) {
    return new Where(file, 1, 1);
  }
}
