package dev.plumbline.cluster;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Spark has written down of the one application whose log lies in a folder, so far. */
record EventLog(List<JsonNode> events) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static EventLog in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().startsWith("app-")).toList();
      return new EventLog(
          logs.isEmpty()
              ? List.of()
              : Files.readAllLines(logs.get(0)).stream().flatMap(EventLog::event).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** None for a line that is not yet written to its end. */
  private static Stream<JsonNode> event(String line) {
    try {
      return Stream.of(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }

  private Stream<JsonNode> all(String kind) {
    return events.stream().filter(event -> event.path("Event").asText().equals(kind));
  }

  /** Name of the application; empty before it has one. */
  String application() {
    return all("SparkListenerApplicationStart")
        .map(start -> start.path("App ID").asText())
        .findFirst()
        .orElse("");
  }

  /** The executors that keep rows for the next stage. */
  Set<String> keepers() {
    return all("SparkListenerTaskEnd")
        .filter(EventLog::writesForOthers)
        .map(task -> task.path("Task Info").path("Executor ID").asText())
        .collect(toSet());
  }

  private static boolean writesForOthers(JsonNode task) {
    JsonNode written = task.path("Task Metrics").path("Shuffle Write Metrics");
    return written.path("Shuffle Records Written").asLong() > 0;
  }

  /** How many stages have moved rows from executor to executor. */
  long shuffles() {
    return all("SparkListenerStageCompleted")
        .map(stage -> stage.path("Stage Info").path("Accumulables").toString())
        .filter(counters -> counters.contains("shuffle.write.recordsWritten"))
        .count();
  }

  /** The executors that have ended a task well. */
  Set<String> working() {
    return all("SparkListenerTaskEnd")
        .filter(task -> reason(task).equals("Success"))
        .map(task -> task.path("Task Info").path("Executor ID").asText())
        .collect(toSet());
  }

  /** How many tasks failed with an executor or for what it kept, and stages that began again. */
  long repeated() {
    long tasks =
        all("SparkListenerTaskEnd").filter(task -> !reason(task).equals("Success")).count();
    long stages =
        all("SparkListenerStageSubmitted")
            .filter(stage -> stage.path("Stage Info").path("Stage Attempt ID").asInt() > 0)
            .count();
    return tasks + stages;
  }

  /** The executors that are gone before their application ended. */
  Set<String> removed() {
    return all("SparkListenerExecutorRemoved")
        .map(executor -> executor.path("Executor ID").asText())
        .collect(toSet());
  }

  private static String reason(JsonNode task) {
    return task.path("Task End Reason").path("Reason").asText();
  }
}
