package dev.plumbline.offline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.offline.materialize.ChangeLogJob;
import dev.plumbline.offline.source.SourceMismatchException;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset built well, of bad labels, and where something is in its place already. */
class DatasetBuildIT {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  private static final String DEFINITIONS =
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

  private static final String QUESTIONS =
      "id,asked,late\n1,2026-03-01T11:30:00Z,0.5\n2,2026-03-01T11:30:00Z,1\n";

  @TempDir static Path folder;
  private static Warehouse warehouse;
  private static SourceReader sources;
  private static RevisionRegistry registry;
  private static RunLedger ledger;

  /** Of each test its own: the catalog and the folder of the shelf. */
  @TempDir Path shelf;

  private DatasetCatalog catalog;

  @BeforeAll
  static void open() throws IOException {
    MetadataDatabase database = MetadataDatabase.open(folder.resolve("metadata.db"));
    String uri = "jdbc:sqlite:" + folder.resolve("metadata.db");
    warehouse = Warehouse.local("bank", uri, folder.resolve("warehouse"), 2);
    sources =
        new SourceReader(
            warehouse.spark(), source -> List.of(folder.resolve(source.place()).toString()));
    registry = new RevisionRegistry(database, "bank", InstantSource.fixed(NOW));
    registry.apply(
        new DefinitionLoader("bank").load(new TreeMap<>(Map.of("all.yaml", DEFINITIONS))));
    ledger = new RunLedger(database, "bank");
    Files.writeString(folder.resolve("payments.csv"), "id,at,amount\n1,2026-03-01T10:30:00Z,2.5\n");
    backfill();
  }

  private static void backfill() {
    Revision revision = registry.current().orElseThrow().revision();
    FeatureView view = revision.view(new ViewId("spend", 1));
    long from = Micros.of(Instant.parse("2026-03-01T08:00:00Z"));
    long to = Micros.of(Instant.parse("2026-03-01T12:00:00Z"));
    PlannedRun.Backfill run = new PlannedRun.Backfill(Micros.of(NOW), from, to);
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
        new ChangeLogJob(warehouse, sources)
            .commit(
                view,
                revision.entity("account"),
                sources.open(revision.source("payments")),
                run,
                new Ledger(view.timing(), List.of()))
            .orElseThrow();
    ledger.committed(view.id(), run.stamp(), committed.rows());
  }

  @BeforeEach
  void start() throws IOException {
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("catalog.db")), "bank");
    Files.writeString(folder.resolve("questions.csv"), QUESTIONS);
  }

  @AfterAll
  static void close() {
    warehouse.close();
  }

  @Test
  void keepsTheSameRowsOnce() throws IOException {
    Kept first = build();
    Kept second = build();

    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.unchanged()).isFalse();
    assertThat(second.unchanged()).isTrue();
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(warehouse.spark().read().parquet(first.version().path()).count()).isEqualTo(2);
    assertThat(names()).containsExactlyInAnyOrder(".lock", "v1");
  }

  @Test
  void namesTheSourceOfALabelThatIsNotOfItsType() throws IOException {
    Files.writeString(
        folder.resolve("questions.csv"), "id,asked,late\n1,2026-03-01T11:30:00Z,very\n");

    assertThatThrownBy(this::build)
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("source 'questions' at " + folder.resolve("questions.csv"))
        .hasMessageContaining(
            "questions.csv:2: column 'late': 'very' is no double; the row: 1,2026-03-01T11:30:00Z,very");

    assertThat(names()).isEmpty();
  }

  @Test
  void namesTheSourceOfALabelWhoseTimeIsNone() throws IOException {
    Files.writeString(folder.resolve("questions.csv"), "id,asked,late\n1,noon,0.5\n");

    assertThatThrownBy(this::build)
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("'noon'");
  }

  @Test
  void refusesToAddWhileAnotherBuildDoes() throws IOException {
    try (DatasetLock lock = DatasetLock.acquire("training", shelf.resolve("training"))) {
      assertThatThrownBy(this::build)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("dataset 'training'");
    }
    assertThat(names()).containsExactly(".lock");
    assertThat(build().version().version()).isEqualTo(1);
  }

  @Test
  void replacesWhatAKilledBuildOfTheSameRowsLeft() throws IOException {
    String hash = build().version().contentHash();
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("other.db")), "bank");

    Kept again = build();

    assertThat(again.unchanged()).isFalse();
    assertThat(again.version().version()).isEqualTo(1);
    assertThat(again.version().contentHash()).isEqualTo(hash);
  }

  @Test
  void leavesADatasetThatOnlyMentionsTheHash() throws IOException {
    Kept kept = build();
    Path manifest = Path.of(kept.version().path()).resolve("_manifest.json");
    String other =
        "{\"content_hash\": \"other\", \"note\": \"%s\"}".formatted(kept.version().contentHash());
    Files.writeString(manifest, other);
    catalog = new DatasetCatalog(MetadataDatabase.open(shelf.resolve("other.db")), "bank");

    assertThatThrownBy(this::build)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(kept.version().path());

    assertThat(manifest).hasContent(other);
  }

  private Kept build() {
    return new DatasetBuild(
            registry.current().orElseThrow(),
            warehouse,
            sources,
            ledger,
            new DatasetShelf(catalog, shelf),
            InstantSource.fixed(NOW),
            Progress.SILENT)
        .build("training", BeforeCoverage.REFUSED);
  }

  private List<String> names() throws IOException {
    if (!Files.exists(shelf.resolve("training"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(shelf.resolve("training"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
