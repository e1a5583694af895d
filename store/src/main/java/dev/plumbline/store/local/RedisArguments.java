package dev.plumbline.store.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Command lines of the servers that we start: on the loopback alone, nothing evicted. */
final class RedisArguments {
  private RedisArguments() {}

  /** A child process that writes nothing to disk. */
  static List<String> volatileOn(Path executable, int port) {
    return with(executable, port, "--appendonly", "no");
  }

  /**
   * A child process that is a node of a cluster, and knows the others from a file in its directory.
   *
   * @param timeout after which a node that does not answer has failed
   */
  static List<String> nodeOn(Path executable, int port, Duration timeout) {
    return with(
        executable,
        port,
        "--appendonly",
        "no",
        "--cluster-enabled",
        "yes",
        "--cluster-config-file",
        "nodes-" + port + ".conf",
        "--cluster-node-timeout",
        Long.toString(timeout.toMillis()),
        "--repl-diskless-sync-delay",
        "0");
  }

  /** A child process that copies another from its start on. */
  static List<String> replicaOn(Path executable, int port, int primary) {
    return with(
        executable,
        port,
        "--appendonly",
        "no",
        "--repl-diskless-sync-delay",
        "0",
        "--replicaof",
        RedisProbe.LOOPBACK,
        Integer.toString(primary));
  }

  /** A child process that is a sentinel, with what it watches in a file that it will rewrite. */
  static List<String> sentinelOn(Path executable, int port, Path file) {
    return List.of(
        executable.toString(),
        file.toString(),
        "--sentinel",
        "--port",
        Integer.toString(port),
        "--bind",
        RedisProbe.LOOPBACK);
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
