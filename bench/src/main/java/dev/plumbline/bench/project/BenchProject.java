package dev.plumbline.bench.project;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.offline.push.Publisher;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.FileViewLocks;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * A fresh project in an empty folder: metadata, warehouse and locks, and a Spark with two threads
 * that ends with it. Its parts are wired as those of any project are.
 */
public final class BenchProject implements AutoCloseable {
  /** How many tasks run at once. */
  public static final int THREADS = 2;

  private static final String NAME = "bench";

  private final Path folder;
  private final MetadataDatabase metadata;
  private final Warehouse warehouse;

  private BenchProject(Path folder, MetadataDatabase metadata, Warehouse warehouse) {
    this.folder = folder;
    this.metadata = metadata;
    this.warehouse = warehouse;
  }

  /** A project in {@code folder}, with its Spark started. */
  public static BenchProject open(Path folder) {
    Path database = folder.resolve("metadata.db");
    MetadataDatabase metadata = MetadataDatabase.open(database);
    Warehouse warehouse =
        Warehouse.local(NAME, "jdbc:sqlite:" + database, folder.resolve("warehouse"), THREADS);
    return new BenchProject(folder, metadata, warehouse);
  }

  public SparkSession spark() {
    return warehouse.spark();
  }

  /** Reads these definitions and makes them the newest revision. */
  public Revision apply(String definitions, InstantSource clock) {
    Revision revision =
        new DefinitionLoader(NAME).load(new TreeMap<>(Map.of("bench.yaml", definitions)));
    registry(clock).apply(revision);
    return revision;
  }

  /**
   * Runs of the views of {@code revision}.
   *
   * @param data where its source lies
   * @param store where live runs are pushed to
   * @param stores opens the same in the tasks that push
   * @param progress is told when a run begins to compute, and when to publish
   */
  public ViewRuns runs(
      Revision revision,
      Path data,
      OnlineStore store,
      OnlineStores stores,
      InstantSource clock,
      Progress progress) {
    return new ViewRuns(
        revision,
        warehouse,
        new SourceReader(spark(), source -> List.of(data.toString())),
        ledger(),
        new FileViewLocks(folder.resolve("locks"), clock),
        new Publisher(NAME, store, stores, ledger(), registry(clock), clock),
        clock,
        progress);
  }

  public RunLedger ledger() {
    return new RunLedger(metadata, NAME);
  }

  /** The change log of a view. */
  public FeatureTable table(Revision revision, ViewId id) {
    FeatureView view = revision.view(id);
    return warehouse.table(view, revision.entity(view.entity()));
  }

  /** Addresses of the data files that hold a view's change log. */
  public List<String> files(Revision revision, ViewId id) {
    return spark()
        .table(table(revision, id).name() + ".data_files")
        .select("file_path")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private RevisionRegistry registry(InstantSource clock) {
    return new RevisionRegistry(metadata, NAME, clock);
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
