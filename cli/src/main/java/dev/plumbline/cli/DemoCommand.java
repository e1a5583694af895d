package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.law.LawReport;
import dev.plumbline.law.SampleRow;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.ServerClock;
import dev.plumbline.registry.RevisionRegistry.Outcome;
import dev.plumbline.timeline.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumb demo}: the whole journey on the bundled flights. */
@Command(
    name = "demo",
    description =
        "From definitions to a feature vector over gRPC, on real flights; then check the law. Safe to run again.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String SERVICE = "delay_model";
  private static final String DATASET = "delay_training";
  private static final Instant FIRST_REFRESH = Instant.parse("2000-12-31T00:00:00Z");
  private static final int ROWS = 60;
  private static final int LEAST_ANSWERS = 200;
  private static final int LEAST_PRESENT = 50;

  /** From ATL to ORD in an hour and a half. */
  private static final SampleRow QUESTION =
      new SampleRow(List.of(List.of("ATL"), List.of("ORD"), List.of("ATL", "ORD")), List.of(90));

  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      Console console = workspace.console();
      console.note(
          "Plumbline on flights of 2001, with the clock at " + workspace.clock().instant() + "\n");
      Steps steps = new Steps(console);
      Journey journey = journey(workspace, steps);
      console.result("demo", () -> report(workspace, journey, steps), () -> json(journey));
      return journey.laws().stream().allMatch(DemoCommand::isConvincing) ? 0 : Failures.LAW_BROKEN;
    }
  }

  /** What the journey led to. */
  private record Journey(Kept dataset, List<LawReport> laws) {}

  private static Journey journey(Workspace workspace, Steps steps) {
    steps.run("Redis", workspace::redis, found -> found.origin() + " at " + found.address());
    Revision revision =
        steps.run("validate", workspace.project()::loadDefinitions, ValidateCommand::text);
    steps.run(
        "apply",
        () -> workspace.apply(revision),
        outcome -> ApplyCommand.text(workspace.applied(), outcome instanceof Outcome.Applied));
    steps.run(
        "Spark",
        workspace::warehouse,
        warehouse ->
            "version " + warehouse.spark().version() + " in this process, tables in Iceberg");
    for (ViewId view : workspace.views()) {
      steps.run(
          "materialize",
          () -> materialize(workspace.runs(), view, workspace.clock().instant()),
          reports -> lines(view, reports));
    }
    Kept dataset =
        steps.run(
            "dataset",
            () -> workspace.datasetBuild().build(DATASET, BeforeCoverage.REFUSED),
            DatasetCommand::text);
    List<LawReport> laws = new ArrayList<>();
    laws.add(steps.run("the law", () -> askAndCheck(workspace), ConsistencyCommand::text));
    Workspace later =
        workspace.at(ServerClock.frozenAt(workspace.clock().instant().plus(Duration.ofHours(1))));
    Object before = flightsOfBurlington(workspace);
    for (ViewId view : later.views()) {
      steps.run(
          "an hour later",
          () -> later.runs().advance(view, OptionalInt.empty()),
          reports -> lines(view, reports));
    }
    steps.run("a late row", () -> flightsOfBurlington(later), after -> lateRow(before, after));
    laws.add(steps.run("the law", () -> askAndCheck(later), ConsistencyCommand::text));
    return new Journey(dataset, laws);
  }

  /** A backfill where there is nothing yet; then whatever remains to be refreshed and published. */
  private static List<RunReport> materialize(ViewRuns runs, ViewId view, Instant now) {
    List<RunReport> reports = new ArrayList<>();
    if (runs.ledger(view).runs().isEmpty()) {
      reports.addAll(runs.backfill(view, FIRST_REFRESH, runs.newestDue(view, now)));
    }
    reports.addAll(runs.advance(view, OptionalInt.empty()));
    return reports;
  }

  private static String lines(ViewId view, List<RunReport> reports) {
    return reports.isEmpty() ? view + ": up to date" : RunReports.text(reports);
  }

  private static LawReport askAndCheck(Workspace workspace) {
    try (FeatureServer server = workspace.serveOnLoopback();
        PlumblineClient client = PlumblineClient.connect(ServeCommand.text(server))) {
      return workspace.lawCheck().check(SERVICE, List.of(QUESTION), ROWS, client);
    } catch (IOException e) {
      throw new UnavailableException("no server could be started: " + e.getMessage(), e);
    }
  }

  /** How many flights out of Burlington landed in the last day, as served. */
  private static Object flightsOfBurlington(Workspace workspace) {
    try (FeatureServer server = workspace.serveOnLoopback();
        PlumblineClient client = PlumblineClient.connect(ServeCommand.text(server))) {
      FeatureVectors answer =
          client.get(
              FeatureRequest.references(List.of("airport:flights_1d@1"))
                  .entities("airport", "code", List.of("BTV")));
      return String.valueOf(answer.features().get(0).values().get(0));
    } catch (IOException e) {
      throw new UnavailableException("no server could be started: " + e.getMessage(), e);
    }
  }

  private static String lateRow(Object before, Object after) {
    return "a flight out of BTV landed at 10:37 and was reported at 11:20, after its hour was refreshed:\nits airport had %s flights in a day, and has %s from the next refresh on"
        .formatted(before, after);
  }

  /** Whether the law held on a sample that could have shown that it does not. */
  private static boolean isConvincing(LawReport law) {
    return law.holds()
        && law.answers() >= LEAST_ANSWERS
        && law.count(Status.PRESENT) >= LEAST_PRESENT
        && law.count(Status.MISSING) > 0
        && law.count(Status.EXPIRED) > 0
        && law.count(Status.NULL) > 0;
  }

  private static String report(Workspace workspace, Journey journey, Steps steps) {
    LawReport law = journey.laws().get(0);
    Table table = new Table("ATL to ORD in 90 minutes", "served", "training row", "status");
    for (LawReport.Pair pair : law.example()) {
      table.row(
          pair.feature(),
          String.valueOf(pair.served().value()),
          String.valueOf(pair.trained().value()),
          pair.served().status().toString());
    }
    String verdict =
        journey.laws().stream().allMatch(DemoCommand::isConvincing)
            ? "What was served is what training would hold, %s."
                .formatted(
                    journey.laws().stream()
                        .map(each -> "%,d times of %,d".formatted(each.answers(), each.answers()))
                        .collect(Collectors.joining(" and ")))
            : "The law did not hold, or the sample was too small to tell.";
    return String.join(
        "\n",
        "",
        "Asked over gRPC at "
            + law.servedAt()
            + ", beside the row that a training dataset holds for the same instant:",
        "",
        table.toString(),
        "",
        verdict,
        "",
        "It lies in " + workspace.state(),
        "  warehouse    feature tables (Iceberg, Parquet)       metadata.db   revisions, runs, datasets",
        "  datasets     "
            + journey.dataset().rows()
            + " training rows               redis         what is served",
        "",
        "Next: ./plumb serve    and in another terminal",
        "      ./plumb get delay_model --entity origin=ATL --entity destination=ORD --entity route=ATL,ORD --value minutes_to_departure=90",
        "      ./plumb consistency",
        "      edit definitions/flights/*.yaml, then ./plumb validate",
        "",
        "Took " + steps.total() + " s.");
  }

  private static ObjectNode json(Journey journey) {
    ObjectNode json =
        Console.json()
            .put("law_holds", journey.laws().stream().allMatch(DemoCommand::isConvincing))
            .put("dataset_rows", journey.dataset().rows())
            .put("content_hash", journey.dataset().version().contentHash());
    json.set("laws", ConsistencyCommand.json(journey.laws()).get("services"));
    return json;
  }
}
