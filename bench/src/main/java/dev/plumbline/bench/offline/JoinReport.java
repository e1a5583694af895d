package dev.plumbline.bench.offline;

import dev.plumbline.bench.measure.CaseResult;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the engines came to, and what that is held against. */
public final class JoinReport {
  private static final double ONE_OF_DUCKDB = 1.5;
  private static final double ONE_UNION_LAST = 5;
  private static final double RANGE_JOIN = 15;
  private static final double TEN_OF_DUCKDB = 1;
  private static final double TEN_UNION_LAST = 6;
  private static final double GROWTH = 3.3;
  private static final double HOT = 1.5;

  private final List<CaseResult> results;

  JoinReport(List<CaseResult> results) {
    this.results = List.copyOf(results);
  }

  /**
   * One case.
   *
   * @param contestants the engines, then those that were measured again, then the compacted one
   * @param tableSeconds how long Plumbline's runs took to write its tables
   * @param engines how many of the contestants are measured for the first time
   */
  record Measured(
      JoinCase of,
      List<Contestant> contestants,
      Checksum checksum,
      double tableSeconds,
      int engines) {
    Measured {
      contestants = List.copyOf(contestants);
    }

    /** Of all contestants; what they wrote must be there still. */
    List<CaseResult> results() {
      List<CaseResult> results = new ArrayList<>();
      for (int i = 0; i < contestants.size(); i++) {
        results.add(result(contestants.get(i), isRepeated(i)));
      }
      return results;
    }

    private boolean isRepeated(int index) {
      String name = contestants.get(index).name();
      return contestants.subList(0, index).stream().anyMatch(each -> each.name().equals(name));
    }

    private CaseResult result(Contestant contestant, boolean repeated) {
      boolean ours = contestant.name().startsWith(Engine.PLUMBLINE);
      return new CaseResult(
          of.name(),
          contestant.name(),
          of.data().rows() * of.data().views(),
          contestant.seconds(),
          contestant.cpuSeconds(),
          contestant.rounds(),
          checksum.rows(),
          OptionalLong.of(contestant.bytes()),
          checksum.sum(),
          Optional.of(
              new CaseResult.Contest(
                  of.isLate() ? OptionalDouble.empty() : ratio(contestant, repeated),
                  contestant.way(),
                  ours ? tableSeconds : contestant.layoutSeconds(),
                  repeated,
                  contestant.isUnsteady())));
    }

    /** To the Plumbline that took turns with it. */
    private OptionalDouble ratio(Contestant contestant, boolean repeated) {
      return contestants.subList(repeated ? engines : 0, contestants.size()).stream()
          .filter(each -> each.name().equals(Engine.PLUMBLINE))
          .findFirst()
          .map(contestant::ratioTo)
          .orElseGet(OptionalDouble::empty);
    }
  }

  /** Of every engine on every case. */
  public List<CaseResult> results() {
    return results;
  }

  /** Of what was not measured there is none. What was measured again counts as it was then. */
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    ratio(JoinCase.ONE, Engine.DUCKDB)
        .ifPresent(ratio -> targets.add(ofDuckDb(JoinCase.ONE, ONE_OF_DUCKDB, ratio)));
    addFaster(targets, JoinCase.ONE, Engine.UNION_LAST, ONE_UNION_LAST);
    addFaster(targets, JoinCase.ONE, Engine.RANGE_JOIN, RANGE_JOIN);
    ratio(JoinCase.TEN, Engine.DUCKDB)
        .ifPresent(ratio -> targets.add(ofDuckDb(JoinCase.TEN, TEN_OF_DUCKDB, ratio)));
    addFaster(targets, JoinCase.TEN, Engine.UNION_LAST, TEN_UNION_LAST);
    addFaster(targets, JoinCase.TEN_SMALL, Engine.RANGE_JOIN, RANGE_JOIN);
    addOwn(targets, JoinCase.HOT, JoinCase.GROWTH_10M, HOT);
    addOwn(targets, JoinCase.GROWTH_30M, JoinCase.GROWTH_10M, GROWTH);
    return targets;
  }

  private static Target ofDuckDb(String of, double bound, double ratio) {
    return new Target(of + ": plumbline / duckdb", Sense.AT_MOST, bound, 1 / ratio);
  }

  private void addFaster(List<Target> targets, String of, String engine, double bound) {
    ratio(of, engine)
        .ifPresent(
            ratio ->
                targets.add(
                    new Target(
                        "%s: %s / plumbline".formatted(of, engine), Sense.AT_LEAST, bound, ratio)));
  }

  private void addOwn(List<Target> targets, String of, String over, double bound) {
    Optional<CaseResult> one = last(of, Engine.PLUMBLINE);
    Optional<CaseResult> other = last(over, Engine.PLUMBLINE);
    if (one.isPresent() && other.isPresent()) {
      targets.add(
          new Target(
              "plumbline: %s / %s".formatted(of, over),
              Sense.AT_MOST,
              bound,
              one.get().seconds().median() / other.get().seconds().median()));
    }
  }

  private OptionalDouble ratio(String of, String engine) {
    return last(of, engine)
        .flatMap(CaseResult::contest)
        .map(CaseResult.Contest::ratioToPlumbline)
        .orElseGet(OptionalDouble::empty);
  }

  private Optional<CaseResult> last(String of, String engine) {
    return results.stream()
        .filter(each -> each.name().equals(of) && each.engine().equals(engine))
        .reduce((first, second) -> second);
  }
}
