package dev.plumbline.store.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A {@code redis-server} that can be run here.
 *
 * @param origin where it was found, for people
 */
record RedisExecutable(Path path, String origin) {
  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");
  private static final int LEAST_MAJOR = 6;
  private static final int LEAST_MINOR = 2;

  /** A source of executables. */
  private interface Place {
    RedisExecutable find() throws IOException;
  }

  /**
   * The first of these that runs and is new enough: on the PATH, bundled.
   *
   * @param directory to which the bundled one is unpacked
   * @throws LocalRedisException if there is none; the message says why not
   */
  static RedisExecutable find(Path directory) {
    List<String> refusals = new ArrayList<>();
    for (Place place : List.<Place>of(RedisExecutable::onPath, () -> bundled(directory))) {
      try {
        return place.find().checked();
      } catch (IOException e) {
        refusals.add(e.getMessage());
      }
    }
    throw new LocalRedisException(
        "no Redis can be started here: %s; install redis-server %d.%d or newer, or give the address of a running one"
            .formatted(String.join("; ", refusals), LEAST_MAJOR, LEAST_MINOR));
  }

  private static RedisExecutable onPath() throws IOException {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, "redis-server");
      if (!directory.isEmpty() && Files.isExecutable(candidate)) {
        return new RedisExecutable(candidate, "redis-server on the PATH (" + candidate + ")");
      }
    }
    throw new IOException("there is no redis-server on the PATH");
  }

  /** Unpacked once per directory: an executable that runs cannot be written. */
  static RedisExecutable bundled(Path directory) throws IOException {
    Path unpacked = directory.resolve("redis-server");
    if (!Files.isExecutable(unpacked)) {
      Path fresh = Files.createTempDirectory(Files.createDirectories(directory), "unpack");
      Path executable = unpack(fresh);
      Files.move(executable, unpacked);
      Files.delete(fresh);
    }
    return new RedisExecutable(unpacked, "the bundled redis-server");
  }

  private static Path unpack(Path directory) throws IOException {
    try {
      return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    } catch (RuntimeException e) {
      throw new IOException("none is bundled for this machine: " + e.getMessage(), e);
    }
  }

  RedisExecutable checked() throws IOException {
    String version = version();
    Matcher number = VERSION.matcher(version);
    if (!number.find()) {
      throw new IOException(origin + " does not say its version: " + version.strip());
    }
    int major = Integer.parseInt(number.group(1));
    if (major < LEAST_MAJOR
        || (major == LEAST_MAJOR && Integer.parseInt(number.group(2)) < LEAST_MINOR)) {
      throw new IOException(origin + " is too old: " + number.group().substring(2));
    }
    return this;
  }

  private String version() throws IOException {
    Process process =
        new ProcessBuilder(path.toString(), "--version").redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return output;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException(origin + " does not run: " + output.strip());
  }
}
