package dev.plumbline.offline.maintain;

import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A process that maintains one view again and again, and says what it is at. */
final class MaintainingProcess {
  private MaintainingProcess() {}

  static Process start(Path folder, int version) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            MaintainingProcess.class.getName(),
            folder.toString(),
            String.valueOf(version)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    InstantSource tomorrow = InstantSource.fixed(Instant.now().plus(Duration.ofDays(2)));
    try (Warehouse warehouse =
        Warehouse.local(
            "bank",
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            folder.resolve("warehouse"),
            2)) {
      SpendLog log = new SpendLog(warehouse, Integer.parseInt(arguments[1]));
      new ViewMaintenance(warehouse.spark(), tomorrow, Duration.ofDays(1), System.out::println)
          .run(log.view().id(), log.table(), () -> {});
    }
  }
}
