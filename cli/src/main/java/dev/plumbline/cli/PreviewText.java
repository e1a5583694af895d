package dev.plumbline.cli;

import dev.plumbline.offline.preview.FeatureProfile;
import dev.plumbline.offline.preview.FeatureProfile.Spread;
import dev.plumbline.offline.preview.FeatureProfile.Word;
import dev.plumbline.offline.preview.Preview;
import dev.plumbline.offline.preview.Preview.Example;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A preview as people read it: how values lie, then some entities side by side. */
final class PreviewText {
  private static final int MOST_WORDS = 5;
  private static final int WIDEST_VALUE = 24;

  private final Preview preview;
  private final int width;

  PreviewText(Preview preview, int width) {
    this.preview = preview;
    this.width = width;
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(heading());
    if (hasProfiles()) {
      parts.add(profiles());
    }
    if (!preview.examples().isEmpty()) {
      parts.add(examples());
    }
    return String.join("\n\n", parts);
  }

  /** Of one entity there is nothing to say but its values. */
  private boolean hasProfiles() {
    return preview.entities() > 1;
  }

  private String heading() {
    String entities =
        "%,d %s".formatted(preview.entities(), preview.entities() == 1 ? "entity" : "entities");
    String sampled =
        preview.oneIn() == 1 ? "" : " (one in %d is computed)".formatted(preview.oneIn());
    String dropped =
        preview.withoutKey() == 0
            ? ""
            : ", %,d more name no entity".formatted(preview.withoutKey());
    return "%s at %s: %s%s from %,d source %s%s"
        .formatted(
            preview.view().id(),
            preview.refresh(),
            entities,
            sampled,
            preview.sourceRows(),
            preview.sourceRows() == 1 ? "row" : "rows",
            dropped);
  }

  /** As much as the width allows: first fewer words, then coarser histograms. */
  private String profiles() {
    for (int words = MOST_WORDS; words > 1; words--) {
      String table = profiles(words, true);
      if (fits(table)) {
        return table;
      }
    }
    return profiles(2, false);
  }

  private boolean fits(String table) {
    return table.lines().allMatch(line -> line.length() <= width);
  }

  private String profiles(int words, boolean fine) {
    Table table = new Table("feature", "type", "null", "min", "mean", "max", "").right(2, 3, 4, 5);
    for (FeatureProfile each : preview.features()) {
      Bounds bounds = Bounds.of(each.spread());
      table.row(
          each.feature().name(),
          each.feature().type().toString(),
          share(each.nullShare()),
          bounds.least(),
          bounds.mean(),
          bounds.greatest(),
          picture(each, words, fine));
    }
    return table.toString();
  }

  /** What stands in the columns of numbers. */
  private record Bounds(String least, String mean, String greatest) {
    static Bounds of(Spread spread) {
      if (spread instanceof Spread.Numbers numbers) {
        return new Bounds(
            ValueShown.number(numbers.least()),
            ValueShown.number(numbers.mean()),
            ValueShown.number(numbers.greatest()));
      }
      return spread instanceof Spread.Times times
          ? new Bounds(day(times.least()), "", day(times.greatest()))
          : new Bounds("", "", "");
    }

    /** The day is what fits between other columns. */
    private static String day(Object moment) {
      String text = moment.toString();
      return text.substring(
          0, Math.max(0, text.indexOf('T') < 0 ? text.length() : text.indexOf('T')));
    }
  }

  private static String picture(FeatureProfile profile, int words, boolean fine) {
    Spread spread = profile.spread();
    if (spread instanceof Spread.Numbers numbers) {
      String nan = numbers.notANumber() == 0 ? "" : "  %,d NaN".formatted(numbers.notANumber());
      return drawn(numbers.histogram(), fine) + nan;
    }
    if (spread instanceof Spread.Times times) {
      return drawn(times.histogram(), fine);
    }
    return spread instanceof Spread.Words all
        ? all.most().stream()
            .limit(words)
            .map(word -> word(word, profile))
            .collect(Collectors.joining(", "))
        : "";
  }

  private static String drawn(List<Long> histogram, boolean fine) {
    return Blocks.of(fine ? histogram : Blocks.halved(histogram));
  }

  private static String word(Word word, FeatureProfile profile) {
    return cut(ValueShown.text(word.value()))
        + " "
        + share((double) word.count() / profile.values());
  }

  /** A share of nothing is left out: what is normal makes no noise. */
  private static String share(double share) {
    if (share == 0) {
      return "";
    }
    return share < 0.001
        ? "<0.1 %"
        : String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /** Entities side by side, as many as fit. */
  private String examples() {
    int columns = preview.examples().size();
    String table = examples(columns);
    while (columns > 1 && !fits(table)) {
      table = examples(--columns);
    }
    return table;
  }

  private String examples(int columns) {
    List<Example> shown = preview.examples().subList(0, columns);
    List<String> headings = named(keyNames(), "type");
    int before = headings.size();
    shown.forEach(example -> headings.add(cut(ValueShown.key(example.key()))));
    int[] right = IntStream.range(before, headings.size()).toArray();
    Table table = new Table(headings.toArray(String[]::new)).right(right);
    if (!preview.view().isWindowed()) {
      List<String> row = named("(event time)", "timestamp");
      shown.forEach(each -> row.add(each.eventTime().toString()));
      table.row(row.toArray(String[]::new));
    }
    for (int i = 0; i < preview.features().size(); i++) {
      Field feature = preview.features().get(i).feature();
      List<String> row = named(feature.name(), feature.type().toString());
      for (Example each : shown) {
        row.add(cut(ValueShown.text(each.values().get(i))));
      }
      table.row(row.toArray(String[]::new));
    }
    return table.toString();
  }

  /** How a row begins: with its type, unless the profiles have told it. */
  private List<String> named(String name, String type) {
    return new ArrayList<>(hasProfiles() ? List.of(name) : List.of(name, type));
  }

  private String keyNames() {
    return preview.entity().keys().stream().map(Field::name).collect(Collectors.joining(","));
  }

  private static String cut(String text) {
    return text.length() <= WIDEST_VALUE ? text : text.substring(0, WIDEST_VALUE - 1) + "…";
  }
}
