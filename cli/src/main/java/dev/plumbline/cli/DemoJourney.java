package dev.plumbline.cli;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.law.LawReport;
import dev.plumbline.law.SampleRow;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.dataset.DatasetOptions;
import dev.plumbline.offline.dataset.DatasetShelf.Kept;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.ServerClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** From definitions to served vectors and back to the law, step by step, on the bundled flights. */
final class DemoJourney {
  private static final String SERVICE = "delay_model";
  private static final String DATASET = "delay_training";
  private static final Instant FIRST_REFRESH = Instant.parse("2000-12-31T00:00:00Z");
  private static final int ROWS = 60;

  /** From ATL to ORD in an hour and a half. */
  private static final SampleRow QUESTION =
      new SampleRow(List.of(List.of("ATL"), List.of("ORD"), List.of("ATL", "ORD")), List.of(90));

  private final Workspace workspace;
  private final Steps steps;

  DemoJourney(Workspace workspace, Steps steps) {
    this.workspace = workspace;
    this.steps = steps;
  }

  /**
   * What the journey led to.
   *
   * @param laws the law now, and an hour later
   */
  record Outcomes(Kept dataset, List<LawReport> laws) {}

  Outcomes travel() {
    define();
    Kept dataset = train();
    LawReport now = steps.run("the law", () -> check(workspace), ConsistencyCommand::text);
    LawReport later = anHourLater();
    return new Outcomes(dataset, List.of(now, later));
  }

  private void define() {
    steps.run("Redis", workspace::redis, found -> found.origin() + " at " + found.address());
    Revision revision =
        steps.run("validate", workspace.project()::loadDefinitions, ValidateCommand::text);
    steps.run("apply", () -> workspace.apply(revision), ApplyCommand::line);
  }

  private Kept train() {
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
    return steps.run(
        "dataset",
        () -> workspace.datasetBuild().build(DATASET, DatasetOptions.DEFAULT),
        DatasetReports::text);
  }

  private LawReport anHourLater() {
    Workspace later =
        workspace.at(ServerClock.frozenAt(workspace.clock().instant().plus(Duration.ofHours(1))));
    String before = flightsOfBurlington(workspace);
    for (ViewId view : later.views()) {
      steps.run(
          "an hour later",
          () -> later.runs().advance(view, OptionalInt.empty()),
          reports -> lines(view, reports));
    }
    steps.run("a late row", () -> flightsOfBurlington(later), after -> lateRow(before, after));
    return steps.run("the law", () -> check(later), ConsistencyCommand::text);
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

  private static LawReport check(Workspace at) {
    return asking(at, client -> at.lawCheck().check(SERVICE, List.of(QUESTION), ROWS, client));
  }

  /** How many flights out of Burlington landed in the last day, as served. */
  private static String flightsOfBurlington(Workspace at) {
    FeatureRequest request =
        FeatureRequest.references(List.of("airport:flights_1d@1"))
            .entities("airport", "code", List.of("BTV"));
    FeatureVectors answer = asking(at, client -> client.get(request));
    return String.valueOf(answer.features().get(0).values().get(0));
  }

  private static String lateRow(String before, String after) {
    String effect =
        before.equals(after)
            ? "its airport has %s flights in a day, that one among them since an earlier demo"
                .formatted(after)
            : "its airport had %s flights in a day, and has %s from the next refresh on"
                .formatted(before, after);
    return "a flight out of BTV landed at 10:37 and was reported at 11:20, after its hour was refreshed:\n"
        + effect;
  }

  /** What a server that is started for it answers. */
  private static <T> T asking(Workspace at, Function<PlumblineClient, T> question) {
    try (FeatureServer server = at.serveOnLoopback();
        PlumblineClient client = PlumblineClient.connect(ServeCommand.text(server))) {
      return question.apply(client);
    } catch (IOException e) {
      throw new UnavailableException("no server could be started: " + e.getMessage(), e);
    }
  }
}
