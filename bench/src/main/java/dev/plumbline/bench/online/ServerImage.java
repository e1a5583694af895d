package dev.plumbline.bench.online;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.online.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the server's image holds, where the build has left it: the jars, and the options of its
 * virtual machine.
 *
 * @param checkout that they were built from
 * @param optionFiles as {@code java} reads them
 */
record ServerImage(Path checkout, List<Path> jars, List<Path> optionFiles) {
  /** As a container with two gigabytes would have it. */
  private static final String MEMORY = "-XX:MaxRAM=2g";

  private static final String REHEARSAL = "dev.plumbline.online.Rehearsal";

  ServerImage {
    jars = List.copyOf(jars);
    optionFiles = List.copyOf(optionFiles);
  }

  /**
   * Of the checkout that this runs from.
   *
   * @throws UnavailableException if that has not been built
   */
  static ServerImage ofCheckout() {
    Path server = codeOfServer();
    Path checkout = server.resolve("../../..").normalize();
    Path classPath = checkout.resolve("online/target/server.classpath");
    if (!Files.isRegularFile(server) || !Files.isRegularFile(classPath)) {
      throw new UnavailableException(
          "%s and %s are not both there (expected: a checkout that has been built); run mvn -DskipTests package"
              .formatted(server, classPath));
    }
    try {
      return new ServerImage(
          checkout,
          Stream.concat(
                  Stream.of(server),
                  Stream.of(Files.readString(classPath).strip().split(File.pathSeparator))
                      .map(Path::of))
              .toList(),
          List.of(
              checkout.resolve("cli/src/main/launcher/spark.opens"),
              checkout.resolve("online/src/main/launcher/server.options")));
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be read: %s".formatted(classPath, e));
    }
  }

  private static Path codeOfServer() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of all jars. */
  long bytes() {
    return jars.stream().mapToLong(jar -> jar.toFile().length()).sum();
  }

  /**
   * Archives which classes a server loads, as the building of the image does.
   *
   * @return the archive, in {@code folder}
   * @throws UnavailableException if that fails
   */
  Path archive(Path folder) throws InterruptedException {
    Path archive = folder.resolve("server.jsa");
    List<String> command = command("-XX:ArchiveClassesAtExit=" + archive);
    command.add(REHEARSAL);
    Path log = folder.resolve("rehearsal.log");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new UnavailableException(
            "the rehearsal ended with %d:%n%s".formatted(code, Files.readString(log)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive;
  }

  /** What starts a server, as the image's entry point does. */
  List<String> command(Path archive, List<String> arguments) {
    List<String> command = command("-XX:SharedArchiveFile=" + archive);
    command.add(Main.class.getName());
    command.addAll(arguments);
    return command;
  }

  private List<String> command(String sharing) {
    List<String> command = new ArrayList<>();
    command.add(ServerProcess.JAVA);
    optionFiles.forEach(file -> command.add("@" + file));
    command.add(MEMORY);
    command.add(sharing);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
    return command;
  }
}
