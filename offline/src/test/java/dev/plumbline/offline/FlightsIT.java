package dev.plumbline.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.materialize.ChangeLogJob;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.PortablePlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled example, materialised and joined by Spark. */
class FlightsIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void joinsLabelsWithWhatWasVisible() {
    Revision revision = new DefinitionLoader("flights").load(ROOT);
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    try (Warehouse warehouse = Warehouse.local("flights", uri, folder.resolve("warehouse"), 0)) {
      SourceReader sources =
          new SourceReader(
              warehouse.spark(), source -> List.of(ROOT.resolve(source.place()).toString()));
      long clock = Micros.of(Instant.parse("2001-06-15T12:00:00Z"));
      Map<FeatureView, Ledger> ledgers = new HashMap<>();
      for (FeatureView view : revision.views().values()) {
        long started = System.nanoTime();
        long from =
            view.timing().grid().atOrBefore(Micros.of(Instant.parse("2000-12-31T00:00:00Z")));
        PlannedRun run =
            new RunPlanner(view.timing(), new Ledger(view.timing(), List.of()))
                .backfill(from, view.timing().newestDue(clock), clock);
        var committed =
            new ChangeLogJob(warehouse, sources)
                .commit(
                    view,
                    revision.entities().get(view.entity()),
                    revision.sources().get(view.source()),
                    run,
                    Long.MIN_VALUE);
        System.out.printf(
            "%s: %s in %.1f s%n", view.id(), committed, (System.nanoTime() - started) / 1e9);
        ledgers.put(view, new Ledger(view.timing(), List.of(run.committed())));
      }
      var definition = revision.datasets().get("delay_training");
      long started = System.nanoTime();
      Dataset<Row> labels =
          sources
              .read(revision.sources().get("flight_labels"))
              .where("landed_at < timestamp'2001-06-15T12:00:00Z'");
      Dataset<Row> joined =
          new PointInTimeJoin(
                  PortablePlan.ofService(revision, "delay_model"),
                  view ->
                      new ViewLog(
                          warehouse.table(view, revision.entities().get(view.entity())),
                          ledgers.get(view)))
              .join(
                  new PointInTimeJoin.Labels(
                      labels,
                      definition.labels().time(),
                      Map.of(
                          "origin", List.of("origin"),
                          "destination", List.of("destination"),
                          "route", List.of("origin", "destination")),
                      Optional.empty()));
      joined.write().parquet(folder.resolve("dataset").toString());
      System.out.printf("joined in %.1f s%n", (System.nanoTime() - started) / 1e9);
      Dataset<Row> dataset = warehouse.spark().read().parquet(folder.resolve("dataset").toString());
      assertThat(dataset.count()).isEqualTo(labels.count());
      dataset.where("origin = 'ATL'").orderBy("asked_at").show(5, 30, true);
      dataset
          .groupBy(
              "origin__airport_departures__status",
              "destination__airport_departures__status",
              "route__route_departures__status")
          .count()
          .show(50, false);
    }
  }
}
