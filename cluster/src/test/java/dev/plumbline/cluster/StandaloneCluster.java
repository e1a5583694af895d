package dev.plumbline.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A master and workers of Spark's standalone cluster manager, on the loopback. */
final class StandaloneCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SparkHome home;
  private final Path folder;
  private final int port;
  private final int console;
  private final Leashed master;
  private final Map<String, Leashed> workers = new TreeMap<>();
  private int started;

  private StandaloneCluster(SparkHome home, Path folder) throws IOException {
    this.home = home;
    this.folder = Files.createDirectories(folder);
    this.port = freePort();
    this.console = freePort();
    this.master =
        home.start(
            "master",
            "512m",
            List.of(
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(console)),
            folder);
  }

  /** A cluster of this many workers, each with one core. */
  static StandaloneCluster start(SparkHome home, Path folder, int workers) throws IOException {
    StandaloneCluster cluster = new StandaloneCluster(home, folder);
    try {
      for (int worker = 0; worker < workers; worker++) {
        cluster.addWorker();
      }
      cluster.awaitWorkers(workers);
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  String address() {
    return "spark://127.0.0.1:" + port;
  }

  void addWorker() {
    String name = "worker-" + ++started;
    workers.put(
        name,
        home.start(
            name,
            "512m",
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve(name).toString(),
                address()),
            folder));
  }

  /** SIGKILL for a worker and its executor of this name: a machine that is gone. */
  void killWorkerOf(String application, String executor) {
    for (Map.Entry<String, Leashed> worker : workers.entrySet()) {
      Path work = folder.resolve(worker.getKey()).resolve(application).resolve(executor);
      if (Files.isDirectory(work)) {
        worker.getValue().kill();
        workers.remove(worker.getKey());
        return;
      }
    }
    throw new AssertionError("no worker has executor %s of %s".formatted(executor, application));
  }

  /** Waits until the master knows exactly this many that are alive. */
  void awaitWorkers(int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int alive = aliveWorkers();
    while (alive != count) {
      if (System.nanoTime() > deadline || !master.isAlive()) {
        throw new AssertionError(
            master.story("knows %d workers (expected: %d)".formatted(alive, count)) + stories());
      }
      pause();
      alive = aliveWorkers();
    }
  }

  private int aliveWorkers() {
    try (var page = URI.create("http://127.0.0.1:" + console + "/json/").toURL().openStream()) {
      JsonNode state = MAPPER.readTree(page);
      return state.path("aliveworkers").asInt();
    } catch (IOException e) {
      return -1; // not yet listening
    }
  }

  /** What the workers and their executors printed. */
  String stories() {
    List<String> stories = new ArrayList<>();
    workers.values().forEach(worker -> stories.add(worker.story("is a worker")));
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.endsWith("stderr")).toList()) {
        String text = Files.readString(file);
        stories.add(file + "\n" + text.substring(Math.max(0, text.length() - 3_000)));
      }
    } catch (IOException e) {
      stories.add("the executors' output cannot be read: " + e);
    }
    return "\n" + String.join("\n", stories);
  }

  /** Starts {@code plumb} with these words by spark-submit, two executors of one core each. */
  Leashed submit(String name, List<String> words, Path events, Map<String, String> variables) {
    List<String> submit =
        new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", address()));
    submit.addAll(List.of("--deploy-mode", "client", "--executor-memory", "600m"));
    for (String setting :
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.ui.enabled=false",
            // begins when both executors are there, or one could do all before the other has
            // started
            "spark.executor.extraJavaOptions=" + String.join(" ", SparkHome.SHORT_LIVED),
            "spark.cores.max=2",
            "spark.scheduler.minRegisteredResourcesRatio=1.0",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=120s",
            "spark.eventLog.enabled=true",
            "spark.eventLog.compress=false",
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.dir=" + events.toUri())) {
      submit.addAll(List.of("--conf", setting));
    }
    submit.addAll(List.of("--class", "dev.plumbline.cli.Plumb"));
    submit.add(Path.of("target", "plumbline-spark.jar").toAbsolutePath().toString());
    submit.addAll(words);
    return home.start(name, "1g", submit, folder, variables);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    workers.values().forEach(Leashed::close);
    master.close();
  }
}
