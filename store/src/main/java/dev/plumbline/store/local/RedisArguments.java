package dev.plumbline.store.local;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Command lines of the servers that we start: on the loopback alone, nothing evicted. */
final class RedisArguments {
  private RedisArguments() {}

  /** A child process that writes nothing to disk. */
  static List<String> volatileOn(Path executable, int port) {
    return with(executable, port, "--appendonly", "no");
  }

  /** A daemon that keeps its data, its log and its process id in {@code directory}. */
  static List<String> daemonOn(Path executable, int port, Path directory) {
    return with(
        executable,
        port,
        "--daemonize",
        "yes",
        "--dir",
        directory.toString(),
        "--appendonly",
        "yes",
        "--logfile",
        "redis.log",
        "--pidfile",
        directory.resolve("redis.pid").toString());
  }

  private static List<String> with(Path executable, int port, String... more) {
    List<String> always =
        List.of(
            executable.toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            RedisProbe.LOOPBACK,
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction");
    return Stream.concat(always.stream(), Stream.of(more)).toList();
  }
}
