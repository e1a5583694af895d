package dev.plumbline.offline.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport.Maintained;
import dev.plumbline.offline.SpendLog;
import dev.plumbline.offline.SpendLog.Line;
import dev.plumbline.offline.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two metadata databases that know one project, and write its tables to one folder. */
class SharedFolderIT {
  @TempDir Path folder;

  @Test
  void whoMaintainsOneLeavesTheFilesOfTheOther() {
    String hash;
    try (Warehouse production = open("production")) {
      hash = hash(production, written(production, 100));
    }

    Maintained done;
    try (Warehouse staging = open("staging")) {
      SpendLog log = written(staging, 50);
      InstantSource tomorrow = InstantSource.fixed(Instant.now().plus(Duration.ofDays(1)));
      done =
          new ViewMaintenance(staging.spark(), tomorrow, Duration.ZERO, Progress.SILENT)
              .run(log.view().id(), log.table(), () -> {})
              .orElseThrow();
    }

    assertThat(done.orphans()).isZero();
    try (Warehouse production = open("production")) {
      assertThat(hash(production, new SpendLog(production, 1))).isEqualTo(hash);
    }
  }

  private static SpendLog written(Warehouse warehouse, int entities) {
    SpendLog log = new SpendLog(warehouse, 1);
    List<Line> lines =
        LongStream.range(0, entities).mapToObj(id -> new Line(id, 1, 1, id * 0.1)).toList();
    log.commit(100, lines);
    return log;
  }

  private static String hash(Warehouse warehouse, SpendLog log) {
    return ContentHash.of(warehouse.spark().table(log.table().name()));
  }

  private Warehouse open(String environment) {
    String catalog = "jdbc:sqlite:" + folder.resolve(environment + ".db");
    return Warehouse.local("bank", catalog, folder.resolve("warehouse"), 2);
  }
}
