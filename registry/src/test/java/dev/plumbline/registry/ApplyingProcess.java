package dev.plumbline.registry;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import dev.plumbline.registry.DatabaseAddress.SqliteFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A process that lives for many rounds, in each of which several of its threads change one thing
 * each. In a round all plan first, so all against the same revision; then all apply, and whoever is
 * refused plans again until he is not.
 */
final class ApplyingProcess implements AutoCloseable {
  static final int THREADS = 4;

  private static final String PLAN = "plan";
  private static final String PLANNED = "planned";
  private static final String APPLY = "apply";
  private static final String DONE = "done";

  private final Process process;
  private final BufferedReader said;
  private final PrintWriter told;

  private ApplyingProcess(Process process) {
    this.process = process;
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.told = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * What came of one change.
   *
   * @param refusals how often it was refused before; each time with the error of a stale plan
   */
  record Landed(Worker worker, int round, int revision, int refusals) {
    private static Landed parse(String line) {
      List<Integer> numbers =
          List.of(line.split(" ")).stream().map(Integer::valueOf).collect(Collectors.toList());
      return new Landed(
          new Worker(numbers.get(0), numbers.get(1)),
          numbers.get(2),
          numbers.get(3),
          numbers.get(4));
    }

    private String line() {
      return "%d %d %d %d %d"
          .formatted(worker.process(), worker.thread(), round, revision, refusals);
    }
  }

  /** A process of this number on this database. */
  static ApplyingProcess start(int number, DatabaseAddress database) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ApplyingProcess.class.getName(),
                String.valueOf(number)));
    command.addAll(place(database));
    return new ApplyingProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  private static List<String> place(DatabaseAddress database) {
    return database instanceof PostgresServer server
        ? List.of(server.url(), server.user().orElseThrow(), server.password().orElseThrow())
        : List.of(((SqliteFile) database).file().toString());
  }

  private static DatabaseAddress address(List<String> place) {
    return place.size() == 1
        ? new SqliteFile(Path.of(place.get(0)))
        : new PostgresServer(place.get(0), Optional.of(place.get(1)), Optional.of(place.get(2)));
  }

  /** Has every thread plan its change of a round. */
  void plan(int round) {
    told.println(PLAN + " " + round);
  }

  void awaitPlanned() throws IOException {
    String line = said.readLine();
    if (!PLANNED.equals(line)) {
      throw new IllegalStateException("it said: " + line);
    }
  }

  /** Has every thread apply it. */
  void apply() {
    told.println(APPLY);
  }

  List<Landed> awaitLanded() throws IOException {
    List<Landed> landed = new ArrayList<>();
    for (String line = said.readLine(); !DONE.equals(line); line = said.readLine()) {
      if (line == null || !line.matches("[0-9 ]+")) {
        throw new IllegalStateException("it said: " + line);
      }
      landed.add(Landed.parse(line));
    }
    return landed;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[0]);
    MetadataDatabase database =
        MetadataDatabase.open(address(List.of(arguments).subList(1, arguments.length)));
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        int round = Integer.parseInt(line.split(" ")[1]);
        List<Change> changes =
            IntStream.range(0, THREADS)
                .mapToObj(thread -> new Change(database, new Worker(number, thread), round))
                .toList();
        AtOnce.call(THREADS, thread -> changes.get(thread).plan());
        System.out.println(PLANNED);
        told.readLine();
        AtOnce.call(THREADS, thread -> changes.get(thread).land())
            .forEach(landed -> System.out.println(landed.line()));
        System.out.println(DONE);
      }
    } catch (RuntimeException | Error e) {
      System.out.println("failed: " + e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One change of one worker. */
  private static final class Change {
    private final RevisionRegistry registry;
    private final Worker worker;
    private final int round;
    private AppliedRevision base;

    Change(MetadataDatabase database, Worker worker, int round) {
      this.registry =
          new RevisionRegistry(
              database, Worker.PROJECT, InstantSource.fixed(Instant.EPOCH.plusSeconds(round)));
      this.worker = worker;
      this.round = round;
    }

    AppliedRevision plan() {
      base = registry.current().orElseThrow();
      return base;
    }

    Landed land() {
      for (int refusals = 0; ; refusals++) {
        try {
          RevisionRegistry.Outcome outcome =
              registry.apply(
                  worker.changed(base.revision(), round),
                  BaseRevision.of(Optional.of(base)),
                  new Applicant(worker.toString(), Optional.empty()));
          if (outcome instanceof RevisionRegistry.Outcome.Applied applied) {
            return new Landed(worker, round, applied.current().number(), refusals);
          }
          throw new IllegalStateException("it was applied by somebody else");
        } catch (ConflictException e) {
          int planned = base.number();
          int newest = plan().number();
          requireStale(String.valueOf(e.getMessage()), planned, newest);
        }
      }
    }

    /** The newest revision may be a later one by now. */
    private static void requireStale(String message, int planned, int newest) {
      String stale =
          "project '%s': the change was planned against revision %d, and revision [0-9]+ is the newest \\(later came revision %d by worker .*\\); nothing was applied\\. See what there is now with plumb plan, and apply that";
      if (!message.matches(stale.formatted(Worker.PROJECT, planned, planned + 1))
          || newest <= planned) {
        throw new IllegalStateException("refused with: " + message);
      }
    }
  }
}
