package dev.plumbline.offline.dataset;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.maintain.ViewMaintenance;
import dev.plumbline.offline.materialize.ChangeLogJob;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A project with accounts, what they pay, and questions about them; a view, and a dataset. */
final class Bank implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  static final String DEFINITIONS =
      """
      entity: account
      keys: [{name: id, type: bigint}]
      ---
      source: payments
      format: csv
      path: payments.csv
      event_time: at
      columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: amount, type: double}]
      ---
      source: questions
      format: csv
      path: questions.csv
      event_time: asked
      columns: [{name: id, type: bigint}, {name: asked, type: timestamp}, {name: late, type: double}]
      ---
      feature_view: spend
      version: 1
      entity: account
      source: payments
      keys: {id: id}
      every: 1h
      features: [{name: total, expr: sum(amount), window: 2h}]
      ---
      feature_service: model
      roles: {account: account}
      features: [account:total@1]
      ---
      dataset: training
      service: model
      labels: {source: questions, time: asked, columns: [late], keys: {account: {id: id}}}
      """;

  private final Path folder;
  private final MetadataDatabase database;
  private final RevisionRegistry registry;
  private final RunLedger ledger;
  private Warehouse warehouse;

  private Bank(Path folder, int threads) {
    this.folder = folder;
    this.database = MetadataDatabase.open(folder.resolve("metadata.db"));
    this.registry = new RevisionRegistry(database, "bank", InstantSource.fixed(NOW));
    this.ledger = new RunLedger(database, "bank");
    this.warehouse = open(threads);
  }

  /** The project in this folder, applied; nothing is computed yet. */
  static Bank in(Path folder, int threads) {
    Bank bank = new Bank(folder, threads);
    bank.apply(DEFINITIONS);
    return bank;
  }

  private Warehouse open(int threads) {
    String uri = "jdbc:sqlite:" + folder.resolve("metadata.db");
    return Warehouse.local("bank", uri, folder.resolve("warehouse"), threads);
  }

  /** Ends Spark and starts it with so many threads. */
  void reopen(int threads) {
    warehouse.close();
    warehouse = open(threads);
  }

  void apply(String definitions) {
    registry.apply(
        new DefinitionLoader("bank").load(new TreeMap<>(Map.of("all.yaml", definitions))));
  }

  void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Computes the refreshes from one instant to another; the run's stamp is {@code stamp}. */
  void backfill(Instant from, Instant to, Instant stamp) {
    Revision revision = registry.current().orElseThrow().revision();
    FeatureView view = revision.view(new ViewId("spend", 1));
    Ledger before = new Ledger(view.timing(), ledger.runs(view.id()));
    PlannedRun.Backfill run =
        new PlannedRun.Backfill(Micros.of(stamp), Micros.of(from), Micros.of(to));
    Run planned = run.committed();
    ledger.open(
        view.id(),
        new Run(
            planned.stamp(),
            planned.kind(),
            planned.firstRefresh(),
            planned.lastRefresh(),
            OptionalLong.empty(),
            false));
    var committed =
        new ChangeLogJob(warehouse, sources())
            .commit(
                view,
                revision.entity("account"),
                sources().open(revision.source("payments")),
                run,
                before)
            .orElseThrow();
    ledger.committed(view.id(), run.stamp(), committed.rows());
  }

  /** Puts the files of the view's table together, and removes all that nobody needs. */
  void maintain() {
    Revision revision = registry.current().orElseThrow().revision();
    FeatureView view = revision.view(new ViewId("spend", 1));
    new ViewMaintenance(
            warehouse.spark(),
            InstantSource.fixed(Instant.now().plusSeconds(1)),
            Duration.ZERO,
            Progress.SILENT)
        .run(view.id(), warehouse.table(view, revision.entity("account")), () -> {})
        .orElseThrow();
  }

  Warehouse warehouse() {
    return warehouse;
  }

  /** Sources lie in the folder of the project; an absolute place is what it is. */
  SourceReader sources() {
    return new SourceReader(
        warehouse.spark(), source -> List.of(folder.resolve(source.place()).toString()));
  }

  DatasetCatalog catalog() {
    return new DatasetCatalog(database, "bank");
  }

  DatasetBuild build(DatasetShelf shelf) {
    return new DatasetBuild(
        registry.current().orElseThrow(),
        warehouse,
        sources(),
        ledger,
        shelf,
        Optional.empty(),
        InstantSource.fixed(NOW),
        Progress.SILENT);
  }

  DatasetBuild build() {
    return build(new DatasetShelf(catalog(), folder.resolve("datasets")));
  }

  DatasetVerification verification() {
    return new DatasetVerification(registry, warehouse, sources(), ledger, Progress.SILENT);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
