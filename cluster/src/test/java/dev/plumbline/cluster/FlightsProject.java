package dev.plumbline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A copy of the bundled project, with places of its own for what it leaves behind. */
record FlightsProject(Path folder) {
  /**
   * The project in this folder.
   *
   * @param settings lines of {@code plumb.yaml}
   */
  static FlightsProject in(Path folder, String settings) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("definitions", "examples")) {
      Files.createSymbolicLink(folder.resolve(name), Path.of("..", name).toRealPath());
    }
    Files.writeString(folder.resolve("plumb.yaml"), "project: flights\n" + settings);
    return new FlightsProject(folder);
  }

  /** The words of a command line, on this project, with results as JSON. */
  List<String> words(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    words.addAll(List.of("--project", folder.toString(), "--format", "json"));
    return words;
  }
}
