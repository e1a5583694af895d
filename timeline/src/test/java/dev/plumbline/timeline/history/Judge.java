package dev.plumbline.timeline.history;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.EntityLookUp;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.NaivePointInTime;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Compares what readers were told with what the log says afterwards. */
final class Judge {
  private final Scenario scenario;
  private final OfflineView view;
  private final List<Reading> readings;
  private final Ledger ledger;
  private final AsOfRule rule;
  private final List<String> violations;

  Judge(Scenario scenario, OfflineView view, List<Reading> readings, Set<Rule> off) {
    this.scenario = scenario;
    this.view = view;
    this.readings = readings;
    this.rule = new AsOfRule(scenario.timing());
    this.violations = view.violations();
    this.ledger =
        off.contains(Rule.VISIBLE_WHEN_PUBLISHED)
            ? new Ledger(
                scenario.timing(), view.ledger().runs().stream().map(this::asPlanned).toList())
            : view.ledger();
  }

  private Run asPlanned(Run run) {
    return run.publishedAt().isPresent()
        ? run.published(run.lastRefresh() + scenario.timing().lag())
        : run;
  }

  Verdict verdict() {
    Map<Long, List<Reading>> byMarker =
        readings.stream()
            .filter(reading -> !reading.isInFlight())
            .collect(
                Collectors.groupingBy(
                    r -> r.marker().createdAt(), TreeMap::new, Collectors.toList()));
    byMarker.forEach(this::judgeMarker);
    Scenario.ENTITIES.forEach(this::judgePrefixMaximum);
    Scenario.ENTITIES.forEach(entity -> new ValueOracle(scenario, view, violations).judge(entity));
    int inFlight = (int) readings.stream().filter(Reading::isInFlight).count();
    int rows = Scenario.ENTITIES.stream().mapToInt(entity -> view.log(entity).size()).sum();
    return new Verdict(readings.size(), inFlight, rows, violations);
  }

  private void judgeMarker(long stamp, List<Reading> told) {
    Ledger then = ledger.upTo(scenario.timing(), stamp);
    long changedFrom =
        view.ledger().runs().stream()
            .filter(run -> run.stamp() > stamp)
            .flatMapToLong(run -> run.publishedAt().stream())
            .min()
            .orElse(Long.MAX_VALUE);
    for (Bytes entity : Scenario.ENTITIES) {
      List<Reading> mine = told.stream().filter(r -> r.entity().equals(entity)).toList();
      judge("law", mine, then);
      judge("stability", mine.stream().filter(r -> r.at() < changedFrom).toList(), ledger);
    }
  }

  private void judge(String what, List<Reading> told, Ledger position) {
    if (told.isEmpty()) {
      return;
    }
    long[] instants = told.stream().mapToLong(Reading::at).sorted().distinct().toArray();
    Map<Long, Answer> answers = new TreeMap<>();
    EntityLookUp<FeatureRow> newest = lookUp(told.get(0).entity(), instants, position);
    for (int i = 0; i < instants.length; i++) {
      OptionalLong refresh = position.newestRefresh(instants[i]);
      answers.put(instants[i], Answer.of(rule, newest.payload(i), refresh, instants[i]));
    }
    for (Reading reading : told) {
      Answer answer = Objects.requireNonNull(answers.get(reading.at()));
      if (!answer.equals(reading.answer())) {
        violations.add("%s: %s, point in time: %s".formatted(what, reading, answer));
      }
    }
  }

  private EntityLookUp<FeatureRow> lookUp(Bytes entity, long[] instants, Ledger position) {
    EntityLookUp<FeatureRow> newest = new EntityLookUp<>(instants, position.visibility());
    view.log(entity).forEach(row -> newest.add(row.time(), row));
    newest.resolve();
    return newest;
  }

  private void judgePrefixMaximum(Bytes entity) {
    long[] instants = LongStream.range(0, scenario.end() + 30).toArray();
    EntityLookUp<FeatureRow> newest = lookUp(entity, instants, ledger);
    List<FeatureRow> log = new ArrayList<>(view.log(entity));
    for (int i = 0; i < instants.length; i++) {
      @Nullable FeatureRow rightly = NaivePointInTime.newest(log, ledger, instants[i]).orElse(null);
      if (newest.isFound(i) != (rightly != null) || newest.payload(i) != rightly) {
        violations.add(
            "prefix: at %d %s, rightly %s".formatted(instants[i], newest.payload(i), rightly));
      }
    }
  }
}
