package dev.plumbline.spark;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.dataset.DatasetBuild;
import dev.plumbline.offline.dataset.DatasetOptions;
import dev.plumbline.offline.dataset.DatasetShelf;
import dev.plumbline.offline.materialize.ChangeLogJob;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.project.Project;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A project on disk as the command line leaves it: who pays whom, backfilled in two runs, and a
 * dataset of it.
 */
final class PaymentsProject {
  static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  /** After the first of the two runs, and before the second. */
  static final Instant BETWEEN = NOW.plusSeconds(-1800);

  private static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LAST = Instant.parse("2026-03-01T13:00:00Z");

  private static final String DEFINITIONS =
      """
      entity: account
      keys: [{name: id, type: int}]
      ---
      entity: branch
      keys: [{name: code, type: string}]
      ---
      source: payments
      format: csv
      path: payments.csv
      event_time: at
      columns:
        - {name: id, type: int}
        - {name: code, type: string}
        - {name: at, type: timestamp}
        - {name: amount, type: double}
      ---
      source: questions
      format: csv
      path: questions.csv
      event_time: asked
      columns:
        - {name: asked, type: timestamp}
        - {name: id, type: int}
        - {name: other, type: int}
        - {name: amount, type: int}
        - {name: late, type: boolean}
      ---
      feature_view: spend
      version: 1
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      features:
        - {name: total, expr: sum(amount), window: 2h}
        - {name: payments, expr: count(*), window: 2h}
      ---
      feature_view: traffic
      version: 1
      entity: branch
      source: payments
      keys: {code: code}
      every: 1h
      features:
        - {name: payments, expr: count(*), window: 2h}
        - {name: busiest, expr: max(amount), window: 2h}
      ---
      on_demand_view: share
      version: 1
      roles: {payer: account}
      inputs: [payer:total@1]
      request: [{name: amount, type: int}]
      features: [{name: of_total, expr: amount / payer.total}]
      ---
      feature_service: model
      roles: {payer: account, payee: account}
      features: [payer:total@1, payee:total@1, share:of_total@1]
      defaults: {payee:total@1: 0}
      ---
      dataset: training
      service: model
      labels:
        source: questions
        time: asked
        columns: [id, other, amount, late]
        keys: {payer: {id: id}, payee: {id: other}}
      """;

  private static final String PAYMENTS =
      """
      id,code,at,amount
      1,north,2026-03-01T10:30:00Z,2.5
      2,north,2026-03-01T11:15:00Z,8
      1,south,2026-03-01T12:30:00Z,4
      """;

  /** The same twice, somebody unknown, somebody without a name. */
  static final String QUESTIONS =
      """
      asked,id,other,amount,late
      2026-03-01T12:05:00Z,1,2,5,true
      2026-03-01T12:05:00Z,1,2,5,true
      2026-03-01T13:05:00Z,1,3,5,false
      2026-03-01T11:30:00Z,2,,5,
      """;

  private final Path folder;

  private PaymentsProject(Path folder) {
    this.folder = folder;
  }

  /** Makes the project. No Spark runs before or after. */
  static PaymentsProject in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(folder.resolve("definitions/all.yaml"), DEFINITIONS);
    Files.writeString(folder.resolve("plumb.yaml"), "project: bank\nnow: " + NOW + "\n");
    Files.writeString(folder.resolve("payments.csv"), PAYMENTS);
    Files.writeString(folder.resolve("questions.csv"), QUESTIONS);
    PaymentsProject made = new PaymentsProject(folder);
    made.compute();
    return made;
  }

  /** The Parquet files of the dataset. */
  Path dataset() {
    return folder.resolve(".plumb/datasets/training/v1");
  }

  private void compute() {
    Project project = Project.open(folder, Optional.empty());
    MetadataDatabase metadata = project.openMetadata(System.getenv());
    RevisionRegistry registry = new RevisionRegistry(metadata, "bank", InstantSource.fixed(NOW));
    registry.apply(project.loadDefinitions());
    RunLedger ledger = new RunLedger(metadata, "bank");
    try (Warehouse warehouse =
        Warehouse.local(
            "bank",
            project.metadataAddress(System.getenv()),
            project.resolve(project.config().warehouse()),
            2)) {
      SourceReader sources = new SourceReader(warehouse.spark(), project::places);
      Revision revision = registry.current().orElseThrow().revision();
      for (FeatureView view : revision.views().values()) {
        backfill(
            warehouse, sources, ledger, revision, view.id(), NOW.plusSeconds(-3600), FIRST, NOON);
        backfill(
            warehouse, sources, ledger, revision, view.id(), NOW.plusSeconds(-600), LAST, LAST);
      }
      new DatasetBuild(
              registry.current().orElseThrow(),
              warehouse,
              sources,
              ledger,
              new DatasetShelf(
                  new DatasetCatalog(metadata, "bank"), folder.resolve(".plumb/datasets")),
              Optional.empty(),
              InstantSource.fixed(NOW),
              Progress.SILENT)
          .build("training", DatasetOptions.DEFAULT);
    }
  }

  private static void backfill(
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      Revision revision,
      ViewId id,
      Instant stamp,
      Instant from,
      Instant to) {
    FeatureView view = revision.view(id);
    List<Run> before = ledger.runs(id);
    PlannedRun.Backfill run =
        new PlannedRun.Backfill(Micros.of(stamp), Micros.of(from), Micros.of(to));
    Run planned = run.committed();
    ledger.open(
        id,
        new Run(
            planned.stamp(),
            planned.kind(),
            planned.firstRefresh(),
            planned.lastRefresh(),
            OptionalLong.empty(),
            false));
    var committed =
        new ChangeLogJob(warehouse, sources)
            .commit(
                view,
                revision.entity(view.entity()),
                sources.open(revision.source(view.source())),
                run,
                new Ledger(view.timing(), before))
            .orElseThrow();
    ledger.committed(id, run.stamp(), committed.rows());
  }
}
