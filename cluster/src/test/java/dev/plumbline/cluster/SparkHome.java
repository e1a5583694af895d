package dev.plumbline.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Spark installation: the one that the system property {@code cluster.spark} names, or else one
 * made of links to the libraries of Spark that Maven has.
 */
record SparkHome(Path folder) {
  /**
   * For a virtual machine that works for seconds (compiling well would take longer), and that may
   * be killed: whatever it leaves lies where it works.
   */
  static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=.");

  private static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.stderr.ref = stderr
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{HH:mm:ss} %-5p %c{1}: %m%n
      """;

  static SparkHome in(Path folder) throws IOException {
    String installed = System.getProperty("cluster.spark", "");
    if (!installed.isEmpty()) {
      return new SparkHome(Path.of(installed).toAbsolutePath());
    }
    Path jars = Files.createDirectories(folder.resolve("jars"));
    String libraries = Files.readString(Path.of("spark", "target", "spark.classpath")).strip();
    for (String library : libraries.split(File.pathSeparator)) {
      Path jar = Path.of(library);
      Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
    }
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("log4j2.properties"), LOGGING);
    return new SparkHome(folder);
  }

  /** Starts one of Spark's main classes, as its scripts do. */
  Leashed start(String name, String memory, List<String> words, Path work) {
    return start(name, memory, words, work, Map.of());
  }

  Leashed start(
      String name, String memory, List<String> words, Path work, Map<String, String> variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + opens());
    command.addAll(SHORT_LIVED);
    command.add("-Xmx" + memory);
    command.add("-cp");
    command.add(folder.resolve("conf") + File.pathSeparator + folder.resolve("jars") + "/*");
    command.addAll(words);
    return Leashed.start(name, command, environment(variables, work), work);
  }

  private Map<String, String> environment(Map<String, String> variables, Path work) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("SPARK_HOME", folder.toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_DIRS", work.toAbsolutePath().toString());
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return environment;
  }

  /** What Spark needs opened, for a Java that runs it without its scripts. */
  static Path opens() {
    try {
      return Path.of("..", "cli", "src", "main", "launcher", "spark.opens").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
