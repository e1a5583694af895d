package dev.plumbline.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts {@code plumb} in a process of its own, all of Spark within it, as the script does. */
record Launcher(Path folder, String classPath) {
  static Launcher in(Path folder) throws IOException {
    Path cli = Path.of("..", "cli", "target").toRealPath();
    try (Stream<Path> builds = Files.list(cli.resolve("launcher"))) {
      Path newest = builds.max(Comparator.comparing(Path::toString)).orElseThrow();
      String libraries = Files.readString(newest).strip();
      return new Launcher(
          Files.createDirectories(folder), cli.resolve("classes") + File.pathSeparator + libraries);
    }
  }

  Leashed plumb(String name, List<String> words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + SparkHome.opens()));
    command.addAll(SparkHome.SHORT_LIVED);
    command.addAll(List.of("-Xmx1g", "-cp", classPath, "dev.plumbline.cli.Plumb"));
    command.addAll(words);
    return Leashed.start(name, command, Map.of(), folder);
  }
}
