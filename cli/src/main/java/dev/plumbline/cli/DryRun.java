package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Forecast;
import dev.plumbline.offline.Forecast.Basis;
import dev.plumbline.offline.Forecast.Cost;
import dev.plumbline.offline.Forecast.Kind;
import dev.plumbline.offline.Forecast.Step;
import dev.plumbline.offline.StorageFailures;
import dev.plumbline.type.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a command would do to several views: one that would be refused does not hide the others. */
final class DryRun {
  private final Console console;
  private final List<Forecast> forecasts = new ArrayList<>();
  private @Nullable RuntimeException worst;

  DryRun(Console console) {
    this.console = console;
  }

  void run(List<ViewId> views, Function<ViewId, Forecast> forecast) {
    for (ViewId view : views) {
      console.views(views.indexOf(view), views.size());
      try {
        Interruption.ofProcess().throwIfRequested();
        forecasts.add(StorageFailures.explained(() -> forecast.apply(view)));
      } catch (RuntimeException e) {
        if (worst != null) {
          console.note("%s: %s".formatted(view, e.getMessage()));
        }
        worst = worst == null ? e : worst;
        if (Interruption.ofProcess().isRequested()) {
          return;
        }
      }
    }
  }

  /** Prints what would be done; then the first refusal, if there was any, is the command's. */
  void finish(String command) {
    if (worst == null || !forecasts.isEmpty()) {
      console.result(command, () -> text(forecasts), () -> json(forecasts));
    }
    if (worst != null) {
      throw worst;
    }
  }

  static String text(List<Forecast> forecasts) {
    List<String> lines = new ArrayList<>();
    forecasts.forEach(forecast -> lines.addAll(lines(forecast)));
    List<Cost> costs = forecasts.stream().flatMap(each -> each.cost().stream()).toList();
    if (costs.size() > 1) {
      Cost all = costs.stream().reduce(Cost::plus).orElseThrow();
      lines.add("together: " + amounts(all));
    }
    lines.add("Nothing was changed.");
    return String.join("\n", lines);
  }

  private static List<String> lines(Forecast forecast) {
    if (forecast.steps().isEmpty()) {
      String until =
          forecast.nextDueAt().map(due -> "nothing is due before " + due).orElse("nothing is due");
      return List.of("%s: %s".formatted(forecast.view(), until));
    }
    boolean many = forecast.steps().size() > 1;
    String steps =
        forecast.steps().stream()
            .map(step -> step(step, many ? Detail.ROWS : Detail.NONE))
            .collect(Collectors.joining("\n  "));
    List<String> lines = new ArrayList<>();
    lines.add(
        many
            ? "%s: in %d steps%n  %s".formatted(forecast.view(), forecast.steps().size(), steps)
            : "%s: %s".formatted(forecast.view(), steps));
    forecast.cost().ifPresent(cost -> lines.add("  " + amounts(cost) + "; " + why(cost.basis())));
    return lines;
  }

  /** How much of a step is told in its line. */
  private enum Detail {
    NONE,
    ROWS
  }

  private static String step(Step step, Detail detail) {
    if (step instanceof Step.Publish publish) {
      return "publish the refresh " + publish.refresh();
    }
    Step.Compute run = (Step.Compute) step;
    String what =
        run.kind() == Kind.LIVE
            ? "compute the refresh %s".formatted(Micros.instant(run.refreshes().last()))
            : "backfill the refreshes %s to %s"
                .formatted(
                    Micros.instant(run.refreshes().first()),
                    Micros.instant(run.refreshes().last()));
    return detail == Detail.ROWS
        ? "%s, %,d source rows in reach".formatted(what, run.sourceRows())
        : what;
  }

  private static String amounts(Cost cost) {
    return "%,d source rows in reach, about %,d log rows, %s, %s"
        .formatted(
            cost.sourceRows(), cost.logRows(), bytes(cost.bytes()), Durations.about(cost.time()));
  }

  private static String why(Basis basis) {
    if (basis instanceof Basis.PastRuns past) {
      return past.runs() == 1
          ? "by the last such run"
          : "by the last %d such runs".formatted(past.runs());
    }
    int oneIn = ((Basis.Sample) basis).oneIn();
    return oneIn == 1
        ? "by computing it, without keeping it"
        : "by computing it for 1 in %d entities, without keeping it".formatted(oneIn);
  }

  static String bytes(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1_000 && unit < units.length - 1) {
      size /= 1_000;
      unit++;
    }
    return String.format(
        Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }

  private static ObjectNode json(List<Forecast> forecasts) {
    ObjectNode json = Console.json().put("dry_run", true);
    ArrayNode views = json.putArray("views");
    for (Forecast forecast : forecasts) {
      ObjectNode view = views.addObject().put("view", forecast.view().toString());
      forecast.nextDueAt().ifPresent(due -> view.put("next_due_at", due.toString()));
      ArrayNode steps = view.putArray("steps");
      forecast.steps().forEach(step -> describe(step, steps.addObject()));
      forecast.cost().ifPresent(cost -> describe(cost, view.putObject("cost")));
    }
    return json;
  }

  private static void describe(Step step, ObjectNode json) {
    if (step instanceof Step.Publish publish) {
      json.put("will", "publish").put("refresh", publish.refresh().toString());
      return;
    }
    Step.Compute run = (Step.Compute) step;
    json.put("will", "materialize")
        .put("kind", run.kind().name().toLowerCase(Locale.ROOT))
        .put("first_refresh", Micros.instant(run.refreshes().first()).toString())
        .put("refresh", Micros.instant(run.refreshes().last()).toString())
        .put("source_rows", run.sourceRows());
  }

  private static void describe(Cost cost, ObjectNode json) {
    json.put("source_rows", cost.sourceRows())
        .put("rows", cost.logRows())
        .put("bytes", cost.bytes())
        .put("seconds", cost.time().toMillis() / 1e3);
    ObjectNode basis = json.putObject("basis");
    if (cost.basis() instanceof Basis.PastRuns past) {
      basis.put("past_runs", past.runs());
    } else {
      basis.put("sample_one_in", ((Basis.Sample) cost.basis()).oneIn());
    }
  }
}
