package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.registry.ApplyingProcess.Landed;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes of four threads that all change the registry at once, round after round. Of the
 * sixteen that planned against one revision one is first, and the others are told so; each of them
 * plans again, and lands. What every revision has to be is told by applying the changes to one
 * another, in the order of their numbers.
 */
class ConcurrentApplyIT {
  private static final int PROCESSES = 4;
  private static final List<Worker> WORKERS =
      IntStream.range(0, PROCESSES)
          .boxed()
          .flatMap(
              process ->
                  IntStream.range(0, ApplyingProcess.THREADS)
                      .mapToObj(thread -> new Worker(process, thread)))
          .toList();

  abstract static class Contract {
    abstract DatabaseAddress database();

    @Test
    void losesNoChangeInAFewRounds() throws Exception {
      losesNoChange(2);
    }

    @Test
    @Tag("long")
    void losesNoChangeInFiftyRounds() throws Exception {
      losesNoChange(50);
    }

    private void losesNoChange(int rounds) throws Exception {
      RevisionRegistry registry =
          new RevisionRegistry(
              MetadataDatabase.open(database()),
              Worker.PROJECT,
              InstantSource.fixed(Instant.EPOCH));
      Revision start = Worker.start(WORKERS);
      registry.apply(start);

      List<Landed> landed = play(rounds, database());

      assertThat(landed).hasSize(rounds * WORKERS.size());
      for (int round = 1; round <= rounds; round++) {
        assertThat(ofRound(landed, round).filter(each -> each.refusals() == 0)).hasSize(1);
        assertThat(ofRound(landed, round).map(Landed::worker))
            .containsExactlyInAnyOrderElementsOf(WORKERS);
      }
      assertEveryRevisionHasEveryChangeBefore(registry, start, landed);
    }
  }

  private static List<Landed> play(int rounds, DatabaseAddress database) throws Exception {
    List<Landed> landed = new ArrayList<>();
    List<ApplyingProcess> processes = new ArrayList<>();
    try {
      for (int number = 0; number < PROCESSES; number++) {
        processes.add(ApplyingProcess.start(number, database));
      }
      for (int round = 1; round <= rounds; round++) {
        for (ApplyingProcess process : processes) {
          process.plan(round);
        }
        for (ApplyingProcess process : processes) {
          process.awaitPlanned();
        }
        processes.forEach(ApplyingProcess::apply);
        for (ApplyingProcess process : processes) {
          landed.addAll(process.awaitLanded());
        }
      }
    } finally {
      processes.forEach(ApplyingProcess::close);
    }
    return landed;
  }

  private static Stream<Landed> ofRound(List<Landed> landed, int round) {
    return landed.stream().filter(each -> each.round() == round);
  }

  private static void assertEveryRevisionHasEveryChangeBefore(
      RevisionRegistry registry, Revision start, List<Landed> landed) {
    List<Landed> inOrder = landed.stream().sorted(Comparator.comparing(Landed::revision)).toList();
    List<RevisionEntry> log = registry.log();
    assertThat(log)
        .extracting(RevisionEntry::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 1 + landed.size()).boxed().toList());
    Revision expected = start;
    for (Landed each : inOrder) {
      expected = each.worker().changed(expected, each.round());
      RevisionEntry entry = log.get(each.revision() - 1);
      assertThat(entry.by()).contains(each.worker().toString());
      assertThat(registry.load(each.revision()).revision()).isEqualTo(expected);
    }
    assertThat(registry.current().orElseThrow().revision()).isEqualTo(expected);
    assertThat(expected.views().keySet().stream().map(registry::shortId)).doesNotHaveDuplicates();
  }

  @Nested
  class OnSqlite extends Contract {
    @TempDir Path folder;

    @Override
    DatabaseAddress database() {
      return new SqliteFile(folder.resolve("metadata.db"));
    }
  }

  @Nested
  class OnPostgres extends Contract {
    private final DatabaseAddress database = TestingPostgres.shared().createDatabase().server();

    @Override
    DatabaseAddress database() {
      return database;
    }
  }
}
