package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.law.LawCheck;
import dev.plumbline.law.LawReport;
import dev.plumbline.online.FeatureServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb consistency}. */
@Command(
    name = "consistency",
    description = {
      "Check the law: what is served equals what a training dataset would hold at the same instant.",
      "Asks a server over the network and compares each value and status with the point-in-time join. Exit code 7 if they differ."
    },
    mixinStandardHelpOptions = true)
final class ConsistencyCommand implements Callable<Integer> {
  private static final int VIOLATIONS_SHOWN = 10;

  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "Feature services; default: all.")
  private List<String> services = new ArrayList<>();

  @Option(
      names = "--rows",
      description = "Rows of entities to ask for; default: ${DEFAULT-VALUE}.",
      defaultValue = "60")
  private int rows = 60;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Ask this server; default: one that is started for the check.")
  private @Nullable String server;

  @Override
  public Integer call() throws IOException {
    try (Workspace workspace = options.open()) {
      List<LawReport> reports = new ArrayList<>();
      if (server != null) {
        Addresses.parse("--server", server);
        reports.addAll(check(workspace, server));
      } else {
        try (FeatureServer own = workspace.serveOnLoopback()) {
          reports.addAll(check(workspace, ServeCommand.text(own)));
        }
      }
      workspace
          .console()
          .result(
              "consistency",
              () ->
                  reports.stream().map(ConsistencyCommand::text).collect(Collectors.joining("\n")),
              () -> json(reports));
      return reports.stream().allMatch(LawReport::holds) ? 0 : Failures.LAW_BROKEN;
    }
  }

  private List<LawReport> check(Workspace workspace, String target) {
    LawCheck check = workspace.lawCheck();
    List<String> asked =
        services.isEmpty()
            ? List.copyOf(workspace.applied().revision().services().keySet())
            : services;
    try (PlumblineClient client = PlumblineClient.connect(target)) {
      return asked.stream().map(service -> check.check(service, rows, client)).toList();
    }
  }

  static String text(LawReport report) {
    String counts =
        report.byStatus().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    String verdict =
        report.holds()
            ? "holds: %,d answers at %s are what training would hold, value and status (%s)"
                .formatted(report.answers(), report.servedAt(), counts)
            : report.answers() == 0
                ? "is undecided: no answer could be compared"
                : "is BROKEN: %,d of %,d answers differ%n  %s"
                    .formatted(
                        report.violations().size(),
                        report.answers(),
                        report.violations().stream()
                            .limit(VIOLATIONS_SHOWN)
                            .collect(Collectors.joining("\n  ")));
    String inFlight =
        report.inFlight() == 0 ? "" : "; %,d in flight were left out".formatted(report.inFlight());
    return "%s: the law %s%s".formatted(report.service(), verdict, inFlight);
  }

  static ObjectNode json(List<LawReport> reports) {
    ObjectNode json = Console.json().put("holds", reports.stream().allMatch(LawReport::holds));
    var services = json.putArray("services");
    for (LawReport report : reports) {
      ObjectNode node =
          services
              .addObject()
              .put("service", report.service())
              .put("served_at", report.servedAt().toString())
              .put("answers", report.answers())
              .put("in_flight", report.inFlight());
      ObjectNode counts = node.putObject("statuses");
      report.byStatus().forEach((status, count) -> counts.put(status.toString(), count));
      report.violations().forEach(node.putArray("violations")::add);
    }
    return json;
  }
}
