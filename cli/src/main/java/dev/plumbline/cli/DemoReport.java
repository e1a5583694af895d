package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.DemoJourney.Outcomes;
import dev.plumbline.law.LawReport;
import dev.plumbline.timeline.Status;
import java.util.stream.Collectors;

/** What the demo shows at its end, and whether it showed anything. */
final class DemoReport {
  private static final int LEAST_ANSWERS = 200;
  private static final int LEAST_PRESENT = 50;

  private DemoReport() {}

  /** Whether the law held both times on samples that could have shown that it does not. */
  static boolean isConvincing(Outcomes journey) {
    return journey.laws().stream().allMatch(DemoReport::isConvincing);
  }

  private static boolean isConvincing(LawReport law) {
    return law.holds()
        && law.answers() >= LEAST_ANSWERS
        && law.count(Status.PRESENT) >= LEAST_PRESENT
        && law.count(Status.MISSING) > 0
        && law.count(Status.EXPIRED) > 0
        && law.count(Status.NULL) > 0;
  }

  static String text(Workspace workspace, Outcomes journey, String seconds) {
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
        isConvincing(journey)
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
        places(journey.dataset().rows()),
        "",
        "Next: ./plumb serve    and in another terminal",
        "      ./plumb get delay_model --entity origin=ATL --entity destination=ORD --entity route=ATL,ORD --value minutes_to_departure=90",
        "      ./plumb consistency",
        "      edit definitions/flights/*.yaml, then ./plumb validate",
        "",
        "Took " + seconds + " s.");
  }

  private static String places(long rows) {
    Table places = new Table("warehouse", "feature tables (Iceberg, Parquet)");
    places.row("metadata.db", "revisions, runs, datasets");
    places.row("datasets", "%,d training rows".formatted(rows));
    places.row("redis", "what is served");
    return places.toString();
  }

  static ObjectNode json(Outcomes journey) {
    ObjectNode json =
        Console.json()
            .put("law_holds", isConvincing(journey))
            .put("dataset_rows", journey.dataset().rows())
            .put("content_hash", journey.dataset().version().contentHash());
    json.set("laws", ConsistencyCommand.json(journey.laws()).get("services"));
    return json;
  }
}
