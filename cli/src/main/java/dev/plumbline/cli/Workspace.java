package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.law.LawCheck;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.dataset.CodeCommit;
import dev.plumbline.offline.dataset.DatasetBuild;
import dev.plumbline.offline.dataset.DatasetShelf;
import dev.plumbline.offline.dataset.DatasetVerification;
import dev.plumbline.offline.log.LogGlance;
import dev.plumbline.offline.maintain.ViewMaintenance;
import dev.plumbline.offline.materialize.Forecaster;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.offline.preview.ViewPreview;
import dev.plumbline.offline.prune.VersionPruning;
import dev.plumbline.offline.push.Publisher;
import dev.plumbline.offline.push.RevisionPublisher;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.FeatureServerSettings;
import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import dev.plumbline.registry.Applicant;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.BaseRevision;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RawSchema;
import dev.plumbline.registry.RemovedVersions;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.registry.ViewVersion;
import dev.plumbline.registry.ViewVersions;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.RedisStores;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.LocalRedis;
import dev.plumbline.store.local.LocalRedisException;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.type.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A project with everything that its commands work on; each part is opened when it is first needed.
 */
final class Workspace implements AutoCloseable {
  /** Nobody waits for one answer of Redis as a server's callers do; a busy machine may. */
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

  private final Project project;
  private final ServerClock clock;
  private final Console console;
  private final Lazy<MetadataDatabase> metadata;
  private final Lazy<AppliedRevision> applied;
  private final Lazy<LocalRedis.Found> redis;
  private final Lazy<OnlineStore> store;
  private final Lazy<Warehouse> spark;
  private Interruption.Registered abandoned = () -> {};

  Workspace(Project project, ServerClock clock, Console console) {
    this.project = project;
    this.clock = clock;
    this.console = console;
    this.metadata = new Lazy<>(() -> project.openMetadata(System.getenv()));
    this.applied = new Lazy<>(this::newestApplied);
    this.redis = new Lazy<>(() -> new ProjectRedis(project, console).find());
    this.store = new Lazy<>(this::connect);
    this.spark = new Lazy<>(this::startSpark);
  }

  /** The same project at another time. Parts are shared. */
  Workspace at(ServerClock other) {
    return new Workspace(this, other);
  }

  private Workspace(Workspace same, ServerClock clock) {
    this.project = same.project;
    this.clock = clock;
    this.console = same.console;
    this.metadata = same.metadata;
    this.applied = same.applied;
    this.redis = same.redis;
    this.store = same.store;
    this.spark = same.spark;
  }

  Project project() {
    return project;
  }

  ServerClock clock() {
    return clock;
  }

  Console console() {
    return console;
  }

  OnlineStore store() {
    return store.get();
  }

  /** Where the project's Redis is, and whose it is. */
  LocalRedis.Found redis() {
    return redis.get();
  }

  /** A server of this project on a free port, for nobody but this machine. */
  FeatureServer serveOnLoopback() throws IOException {
    return serve(FeatureServerSettings.local(name()).withClock(clock), RedisSettings.DEFAULT);
  }

  FeatureServer serve(FeatureServerSettings settings, RedisSettings patience) throws IOException {
    return FeatureServer.start(settings, redis().address(), patience);
  }

  LawCheck lawCheck() {
    return new LawCheck(applied(), warehouse(), ledger());
  }

  Warehouse warehouse() {
    metadata.get(); // its migrations come before the catalog's own tables
    return spark.get();
  }

  /** Whether Spark was started and has ended, so that nothing more can be computed here. */
  boolean isSparkGone() {
    return spark.isMade() && spark.get().spark().sparkContext().isStopped();
  }

  RevisionRegistry registry() {
    return new RevisionRegistry(metadata.get(), name(), clock);
  }

  RunLedger ledger() {
    return new RunLedger(metadata.get(), name());
  }

  DatasetCatalog datasets() {
    return new DatasetCatalog(metadata.get(), name());
  }

  /** The newest applied revision: one for all that a command does. */
  AppliedRevision applied() {
    return applied.get();
  }

  private AppliedRevision newestApplied() {
    return registry()
        .current()
        .orElseThrow(
            () ->
                new NotFoundException("nothing is applied in this project yet; run: plumb apply"));
  }

  /** The newest applied revision, if there is one. No database is made for the question. */
  Optional<AppliedRevision> current() {
    return hasNoMetadata() ? Optional.empty() : registry().current();
  }

  /** Whether there is a store to ask; none is started for the question. */
  boolean hasStore() {
    return new ProjectRedis(project, console).isThere();
  }

  /** Whether there is no metadata database yet. */
  boolean hasNoMetadata() {
    return project.metadataAddress(System.getenv()) instanceof SqliteFile file
        && !Files.exists(file.file());
  }

  /** All versions of a view that were ever applied, in their order. */
  List<ViewVersion> versions(String view) {
    return new ViewVersions(metadata.get(), name()).of(view);
  }

  /** Reads logs without Spark. */
  LogGlance glance() {
    return new LogGlance(
        name(),
        project.metadataAddress(System.getenv()),
        project.resolve(project.config().warehouse()));
  }

  /** From now on another revision counts, if one was applied meanwhile. */
  void lookForRevision() {
    applied.forget();
  }

  /** The newest applied revision as the base of a change. */
  BaseRevision base() {
    return BaseRevision.of(registry().current());
  }

  /** Makes the declared revision the newest and shows it to servers. */
  RevisionRegistry.Outcome apply(Revision revision) {
    return apply(revision, base(), List.of());
  }

  /**
   * The same if {@code base} is the newest, with what was seen of the sources.
   *
   * @param base the newest when the change was planned
   * @param seen recorded in the same transaction
   */
  RevisionRegistry.Outcome apply(Revision revision, BaseRevision base, List<RawSchema> seen) {
    return shown(revision, () -> registry().apply(revision, base, applicant(), seen));
  }

  /** Makes an earlier revision the newest once more and shows it to servers. */
  RevisionRegistry.Outcome rollback(int number) {
    BaseRevision base = base();
    return shown(
        registry().load(number).revision(), () -> registry().rollback(number, base, applicant()));
  }

  private RevisionRegistry.Outcome shown(
      Revision revision, Supplier<RevisionRegistry.Outcome> change) {
    RevisionRegistry.Outcome outcome = new PlanReports(this).explained(revision, change);
    applied.forget();
    try {
      revisions().publish();
    } catch (StoreUnavailableException | LocalRedisException | UnavailableException e) {
      throw new UnavailableException(
          "%s%nRevision %d is the newest by now, but servers were not shown it; when that is mended, run the same command again"
              .formatted(e.getMessage(), outcome.current().number()),
          e);
    }
    return outcome;
  }

  private RevisionPublisher revisions() {
    return new RevisionPublisher(name(), store(), registry());
  }

  /** Who changes the registry, and the commit at which the project's folder stands. */
  Applicant applicant() {
    return Applicant.ofProcess(
        CodeCommit.of(project.directory())
            .map(commit -> commit.hash() + (commit.dirty() ? "-dirty" : "")));
  }

  /** The versions that the newest revision does not have any more. */
  RemovedVersions removed() {
    return new RemovedVersions(metadata.get(), name(), clock);
  }

  VersionPruning pruning() {
    return new VersionPruning(
        name(),
        warehouse(),
        store(),
        project.viewLocks(System.getenv(), clock),
        removed(),
        datasets(),
        revisions(),
        console);
  }

  /** The newest refresh of a view that is due. */
  Instant newestDue(ViewId id) {
    ViewTiming timing = applied().revision().view(id).timing();
    return Micros.instant(timing.newestDue(Micros.of(clock.instant())));
  }

  /** When a view has something to run; empty if it was never run. Starts nothing. */
  Optional<Instant> nextDueAt(ViewId id) {
    ViewTiming timing = applied().revision().view(id).timing();
    OptionalLong due = new RunPlanner(timing, new Ledger(timing, ledger().runs(id)), 0).nextDueAt();
    return due.isEmpty() ? Optional.empty() : Optional.of(Micros.instant(due.getAsLong()));
  }

  ViewRuns runs() {
    return new ViewRuns(
        applied().revision(),
        warehouse(),
        sources(),
        ledger(),
        project.viewLocks(System.getenv(), clock),
        new Publisher(name(), store(), stores(), ledger(), registry(), clock.sendable()),
        clock,
        console);
  }

  /** Needs no Redis and changes nothing. */
  Forecaster forecaster() {
    return new Forecaster(applied().revision(), warehouse(), sources(), ledger(), clock, console);
  }

  /**
   * Upkeep of tables. Their files are dated by the machine's clock, whatever the project's says.
   *
   * @param keep for how long readers may go on with what they began with
   */
  ViewMaintenance maintenance(Duration keep) {
    return new ViewMaintenance(warehouse().spark(), ServerClock.system(), keep, console);
  }

  /**
   * A look at definitions that need not be applied. Nothing is written: no metadata is opened, and
   * bad rows are kept nowhere.
   */
  ViewPreview preview(Revision revision) {
    SparkSession alone = spark.get().spark();
    SourceReader unkept = new SourceReader(alone, new ProjectPlaces(project));
    return new ViewPreview(revision, alone, unkept, console);
  }

  DatasetBuild datasetBuild() {
    return new DatasetBuild(
        applied(),
        warehouse(),
        sources(),
        ledger(),
        new DatasetShelf(datasets(), state().resolve("datasets")),
        CodeCommit.of(project.directory()),
        clock,
        console);
  }

  DatasetVerification datasetVerification() {
    return new DatasetVerification(registry(), warehouse(), sources(), ledger(), console);
  }

  SourceReader sources() {
    return new SourceReader(
        warehouse().spark(), new ProjectPlaces(project), state().resolve("quarantine"));
  }

  /**
   * The view that {@code text} names, {@code view@version} or {@code view} for its newest version.
   */
  ViewId view(String text) {
    List<ViewId> all = views();
    return all.stream()
        .filter(id -> id.toString().equals(text) || id.name().equals(text))
        .max(Comparator.naturalOrder())
        .orElseThrow(
            () -> new NotFoundException("no feature view '%s' (known: %s)".formatted(text, all)));
  }

  /** All views of the newest applied revision. */
  List<ViewId> views() {
    return applied().revision().views().values().stream().map(FeatureView::id).toList();
  }

  /** Whether it is about to go, and not run unless it is named. */
  boolean isRetired(ViewId id) {
    return applied().revision().view(id).lifecycle() == Lifecycle.RETIRED;
  }

  /** Where everything lies that commands leave behind and that has no place of its own. */
  Path state() {
    return project.directory().resolve(".plumb");
  }

  private String name() {
    return project.config().project();
  }

  private OnlineStore connect() {
    RedisOnlineStore connected =
        RedisOnlineStore.connect(redis().address(), storeSettings(), clock);
    connected.dangers().forEach(danger -> console.note("warning: " + danger));
    return connected;
  }

  /** Opens the same store wherever Spark writes records. Nobody waits for one of many of them. */
  private OnlineStores stores() {
    return new RedisStores(redis().address(), storeSettings(), clock.sendable());
  }

  private RedisSettings storeSettings() {
    RedisSettings patient = RedisSettings.DEFAULT.withTimeout(COMMAND_TIMEOUT);
    return clock.frozenAt().isPresent() ? patient.withoutExpiry() : patient;
  }

  private Warehouse startSpark() {
    console.at("starting Spark");
    Interruption.ofProcess().watchSignals();
    Warehouse started =
        Warehouse.local(
            name(),
            project.metadataAddress(System.getenv()),
            project.resolve(project.config().warehouse()),
            0);
    SparkContext context = started.spark().sparkContext();
    context.addSparkListener(console.listener());
    abandoned = Interruption.ofProcess().onRequest(() -> abandon(context));
    return started;
  }

  /** Whatever Spark is at fails; that it does, nobody needs to read. */
  private static void abandon(SparkContext context) {
    context.setLogLevel("OFF");
    context.stop();
  }

  @Override
  public void close() {
    console.ends();
    abandoned.close();
    spark.ifOpened(Warehouse::close);
    store.ifOpened(OnlineStore::close);
  }

  /** Something that is made when it is first asked for. */
  private static final class Lazy<T> {
    private final Supplier<T> make;
    private @Nullable T made;

    Lazy(Supplier<T> make) {
      this.make = make;
    }

    synchronized T get() {
      T value = made;
      if (value == null) {
        value = make.get();
        made = value;
      }
      return value;
    }

    synchronized boolean isMade() {
      return made != null;
    }

    synchronized void forget() {
      made = null;
    }

    synchronized void ifOpened(Consumer<T> action) {
      if (made != null) {
        action.accept(made);
        made = null;
      }
    }
  }
}
