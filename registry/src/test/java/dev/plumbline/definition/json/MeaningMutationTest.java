package dev.plumbline.definition.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.CustomersExample;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.Expressions;
import dev.plumbline.expression.Rewritten;
import dev.plumbline.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of meaning changes the fingerprints of what means something else, and no other. */
class MeaningMutationTest {
  private static final String ALL_ORDERS =
      "customer_orders@1 customer_orders@1.* customer_orders@2 customer_orders@2.*";

  private static final SortedMap<String, String> BEFORE =
      ReformattingTest.fingerprints(CustomersExample.load(CustomersExample.text()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // entities
        "keys: [{name: country, type: string}, {name: id, type: bigint}] | keys: [{name: id, type: bigint}, {name: country, type: string}] | customer_*",
        // sources
        "format: csv\\npath: data/orders.csv | format: json\\npath: data/orders.csv | orders",
        "zone: Europe/Berlin | zone: Europe/Paris | orders",
        "zone: Europe/Berlin\\n |  | orders",
        "event_time: ordered_at | event_time: loaded_at | orders",
        "arrival_time: loaded_at\\n | | orders",
        "format: csv | format: csv\\nbad_rows: fail | -",
        "bad_rows: quarantine | bad_rows: fail | customer_visits@1 customer_visits@1.*",
        "event_time: {constant: 2001-01-01T00:00:00Z} | event_time: {constant: 2001-01-02T00:00:00Z} | customer_grade@1 customer_grade@1.*",
        "max(balance) as balance | min(balance) as balance | customer_balance@1 customer_balance@1.*",
        "kind <> 'Test' | kind <> 'test' | customer_balance@1 customer_balance@1.*",
        "balance > 0.5 and | balance >= 0.5 and | customer_balance@1 customer_balance@1.*",
        "kind = 'Main rate' | kind = 'Main  rate' | main_rate@1 main_rate@1.*",
        "from rates where | from Rates where | main_rate@1 main_rate@1.*",
        // columns that are reached by all, by some, by none
        "expr: upper(land) | expr: lower(land) | orders",
        "{name: ordered_at, type: timestamp} | {name: ordered_at, type: timestamp, expr: ordered} | orders",
        "cast(rebate as double) / 100 | cast(rebate as double) / 10 | customer_orders@1 customer_orders@1.spent_30d customer_orders@1.discounted customer_orders@2 customer_orders@2.spent_30d",
        "cast(rebate as double) / 100 | cast(rebate as float) / 100 | customer_orders@1 customer_orders@1.spent_30d customer_orders@1.discounted customer_orders@2 customer_orders@2.spent_30d",
        "name: amount, type: \"decimal(10,2)\" | name: amount, type: \"decimal(11,2)\" | customer_orders@1 customer_orders@1.large_7d customer_orders@1.spent_30d customer_orders@2 customer_orders@2.large_7d customer_orders@2.spent_30d",
        "{name: items, type: int, | {name: items, type: bigint, | customer_orders@1 customer_orders@1.items_p90",
        "size(split(list, ',')) | size(split(list, ';')) | customer_orders@1 customer_orders@1.items_p90",
        "{name: comment, type: string} | {name: comment, type: int} | -",
        "\\n  - {name: comment, type: string} | | -",
        "{name: comment, type: string} | {name: comment, type: string}\\n  - {name: more, type: int} | -",
        "{name: page, type: string} | {name: page, type: string}\\n  - {name: more, type: int} | customer_visits@1 customer_visits@1.*",
        "coalesce(trim(grade), 'none') | coalesce(trim(grade), 'None') | customer_grade@1 customer_grade@1.grade",
        // feature views
        "keys: {country: country, id: customer}\\nevery: 1d | keys: {country: page, id: customer}\\nevery: 1d | customer_visits@1 customer_visits@1.*",
        "max_age: 10d | max_age: 11d | customer_balance@1 customer_balance@1.*",
        "max_age: 10d\\n | | customer_balance@1 customer_balance@1.*",
        "every: 1d\\nmax_age: 10d | every: 2d\\nmax_age: 10d | customer_balance@1 customer_balance@1.*",
        "availability_lag: 15m\\nmax_age: 2d\\nowner | availability_lag: 16m\\nmax_age: 2d\\nowner | customer_orders@1 customer_orders@1.*",
        "availability_lag: 15m\\nmax_age: 2d\\nowner | max_age: 2d\\nowner | customer_orders@1 customer_orders@1.*",
        // features
        "{name: items_p90, expr: \"percentile(items + 1, 0.9)\", window: 90d} | {name: items_p90, expr: \"percentile(items + 1, 0.9)\", window: 91d} | customer_orders@1 customer_orders@1.items_p90",
        "{name: last_status, expr: last(status), window: all} | {name: last_status, expr: last(status), window: 36500d} | customer_orders@1 customer_orders@1.last_status",
        "count(distinct status) | count(status) | customer_orders@1 customer_orders@1.statuses_30d",
        "last(status) | first(status) | customer_orders@1 customer_orders@1.last_status",
        "count(*) filter (where amount > 200 and status = 'Paid') | count(*) | customer_orders@2 customer_orders@2.large_7d",
        "{name: balance, expr: balance} | {name: balance, expr: balance}\\n  - {name: other, expr: balance + 1} | customer_balance@1 customer_balance@1.other",
        "\\n  - {name: rich, expr: \"if(balance >= 1000 * 1000, 'yes', 'no')\"} | | customer_balance@1 customer_balance@1.rich",
        "{name: rich, | {name: wealthy, | customer_balance@1 customer_balance@1.rich customer_balance@1.wealthy",
        // on-demand views
        "on_missing: null\\n | | offer@1 offer@1.*",
        "on_missing: null | on_missing: propagate | offer@1 offer@1.*",
        "inputs: [buyer:spent_30d@1, | inputs: [buyer:spent_30d@2, | offer@1 offer@1.*",
        "buyer:grade@1] | buyer:grade@1, buyer:orders_7d@1] | offer@1 offer@1.*",
        "{name: price, type: double} | {name: price, type: float} | offer@1 offer@1.share offer@1.affordable",
        "{name: unused, type: int} | {name: unused, type: bigint} | offer@1",
        ", {name: unused, type: int} | | offer@1",
      })
  void changesWhatMeansSomethingElse(String correct, String changed, String concerned) {
    SortedMap<String, String> after = after(correct, changed);

    assertThat(changed(after))
        .filteredOn(name -> !name.startsWith("about "))
        .hasSameElementsAs(expected(concerned, after));
    assertThat(changed(after))
        .filteredOn(name -> name.startsWith("about "))
        .allMatch(name -> !after.containsKey(name) || !BEFORE.containsKey(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "owner: sales\\ndescription: What they order. | owner: shop\\ndescription: What they order. | customer_orders@1",
        "description: What they order. | description: What they ordered. | customer_orders@1",
        "description: What they order.\\n | | customer_orders@1",
        "tags: [orders] | tags: [orders, more] | customer_orders@1",
        "description: Orders in a week. | description: Orders of a week. | customer_orders@1 customer_orders@1.orders_7d",
        "tags: [large] | tags: [big] | customer_orders@1 customer_orders@1.large_7d",
        "rows: {min: 1, max: 1000000} | rows: {min: 2, max: 1000000} | customer_orders@1",
        "\\n  - freshness: 3h | | customer_orders@1",
        "{feature: spent_30d, max_share: 0.2} | {feature: spent_30d, max_share: 0.3} | customer_orders@1",
        "min: 0, max: 1000} | min: 0, max: 1001} | customer_orders@1",
        "retired: true\\n | | customer_visits@1",
        "description: Can pay. | description: Pays. | offer@1 offer@1.affordable",
        "owner: sales\\nfeatures:\\n  - {name: share | features:\\n  - {name: share | offer@1",
        "description: Who buys. | description: Who bought. | -",
        "description: One row for each order. | description: Rows. | -",
        "path: data/orders.csv | path: elsewhere/orders.csv | -",
        "table: bank.db.grades | table: bank.db.other | -",
        "postgresql://db:5432/bank | postgresql://other:5432/bank | -",
        "defaults: {buyer:orders_7d@1: 0} | defaults: {buyer:orders_7d@1: 1} | -",
      })
  void changesMetadataAlone(String correct, String changed, String concerned) {
    SortedMap<String, String> after = after(correct, changed);

    Set<String> about = new TreeSet<>();
    expected(concerned, after).forEach(name -> about.add("about " + name));
    assertThat(changed(after)).isEqualTo(about);
  }

  @Test
  void everyWordOfEveryExpressionCounts() {
    Revision revision = CustomersExample.load(CustomersExample.text());
    List<String> survivors = new ArrayList<>();
    int mutations = 0;
    for (FeatureView view : revision.views().values()) {
      Source source = revision.source(view.source());
      for (FeatureView.Feature feature : view.features()) {
        for (FeatureView.Feature mutant : mutants(view, feature, source)) {
          mutations++;
          String name = view.id() + "." + feature.name();
          Set<String> changed = changed(fingerprints(revision, view, feature, mutant));
          if (!mutant.type().equals(feature.type())) { // an input of another type, elsewhere
            changed.removeIf(each -> each.startsWith("offer@"));
          }
          if (!changed.equals(Set.of(view.id().toString(), name))) {
            survivors.add("%s as %s: %s".formatted(feature.expr(), mutant.expr(), changed));
          }
        }
      }
    }

    assertThat(survivors).isEmpty();
    assertThat(mutations).isGreaterThan(60);
  }

  private static SortedMap<String, String> fingerprints(
      Revision revision, FeatureView view, FeatureView.Feature feature, FeatureView.Feature other) {
    List<FeatureView.Feature> features =
        view.features().stream().map(each -> each.equals(feature) ? other : each).toList();
    TreeMap<ViewId, FeatureView> views = new TreeMap<>(revision.views());
    views.put(
        view.id(),
        new FeatureView(
            view.id(),
            view.entity(),
            view.source(),
            view.keys(),
            view.timing(),
            view.about(),
            features,
            view.expectations(),
            view.lifecycle()));
    return ReformattingTest.fingerprints(
        new Revision(
            revision.project(),
            revision.entities(),
            revision.sources(),
            views,
            revision.onDemandViews(),
            revision.services(),
            revision.datasets()));
  }

  /** Those that are sound, of whichever type. */
  private static List<FeatureView.Feature> mutants(
      FeatureView view, FeatureView.Feature feature, Source source) {
    List<FeatureView.Feature> mutants = new ArrayList<>();
    for (String sql : mutants(feature.expr())) {
      try {
        DataType type =
            view.isWindowed()
                ? Expressions.aggregate(sql, source.fields()).type()
                : Expressions.compile(sql, source.fields()).type();
        mutants.add(
            new FeatureView.Feature(feature.name(), sql, feature.window(), type, feature.about()));
      } catch (ExpressionException e) {
        assertThat(e).hasMessageNotContaining("Spark cannot");
      }
    }
    return mutants;
  }

  /** The expression with one word exchanged, each that knows another. */
  private static List<String> mutants(String sql) {
    Map<String, List<String>> others =
        Map.ofEntries(
            Map.entry("+", List.of("-", "*")),
            Map.entry("-", List.of("+")),
            Map.entry("*", List.of("+")),
            Map.entry(">", List.of(">=", "<", "=")),
            Map.entry(">=", List.of(">")),
            Map.entry("=", List.of("<>", ">")),
            Map.entry("and", List.of("or")),
            Map.entry("sum", List.of("avg", "max")),
            Map.entry("avg", List.of("max", "stddev", "median")),
            Map.entry("max", List.of("min")),
            Map.entry("last", List.of("first", "mode")),
            Map.entry("count", List.of("max")),
            Map.entry("percentile", List.of("approx_percentile")),
            Map.entry("amount", List.of("discount", "items")),
            Map.entry("discount", List.of("items")),
            Map.entry("items", List.of("discount")),
            Map.entry("status", List.of("country", "comment")),
            Map.entry("nvl", List.of("nullif")),
            Map.entry("year", List.of("month")),
            Map.entry("if", List.of("nvl2")));
    List<String> tokens = Rewritten.tokens(sql);
    List<String> mutants = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      Stream<String> literal =
          Character.isDigit(token.charAt(0))
              ? Stream.of("0.25", "7", "7L", "7.0", "7D")
              : token.startsWith("'")
                  ? Stream.of("'x'", token.replaceFirst("'$", " '"))
                  : Stream.of();
      for (String other :
          Stream.concat(others.getOrDefault(token, List.of()).stream(), literal).toList()) {
        List<String> mutant = new ArrayList<>(tokens);
        mutant.set(i, other);
        mutants.add(String.join(" ", mutant));
      }
    }
    return mutants;
  }

  private static SortedMap<String, String> after(String correct, String changed) {
    String from = correct.replace("\\n", "\n");
    String to = changed == null ? "" : changed.replace("\\n", "\n");
    assertThat(CustomersExample.text()).contains(from);
    return ReformattingTest.fingerprints(
        CustomersExample.load(
            CustomersExample.text()
                .replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to))));
  }

  /** Names of fingerprints that differ, came or went. */
  private static Set<String> changed(SortedMap<String, String> after) {
    Set<String> names = new TreeSet<>(BEFORE.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> String.valueOf(BEFORE.get(name)).equals(after.get(name)));
    return names;
  }

  private static Set<String> expected(String concerned, SortedMap<String, String> after) {
    Set<String> names = new TreeSet<>();
    Set<String> known = new TreeSet<>(BEFORE.keySet());
    known.addAll(after.keySet());
    String all = concerned.equals("orders") ? ALL_ORDERS : concerned;
    for (String each : all.split(" ")) {
      String pattern = each.replace(".", "\\.").replace("*", ".*");
      known.stream().filter(name -> name.matches(pattern)).forEach(names::add);
    }
    return names;
  }
}
