package dev.plumbline.law;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.client.FeatureVectors.Publication;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.pointintime.PointInTimeAnswers;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server as a model would, asks the point-in-time join about the same entities at the same
 * instant over the runs that the server had published, and compares value and status of every
 * answer, to the bit.
 */
public final class LawCheck {
  /** Less than any answer's age, so that what is asked under it is EXPIRED. */
  private static final Duration STRICTEST = Duration.ofNanos(1_000);

  private final AppliedRevision applied;
  private final Warehouse warehouse;
  private final RunLedger ledger;

  public LawCheck(AppliedRevision applied, Warehouse warehouse, RunLedger ledger) {
    this.applied = applied;
    this.warehouse = warehouse;
    this.ledger = ledger;
  }

  /** One reply and how it was asked for. */
  private record Asked(FeatureVectors reply, Optional<Duration> maxAge) {}

  /**
   * Compares the answers to {@code rows} questions, each asked twice: as it is, and allowing no
   * age.
   *
   * @throws ConflictException if the server serves another registry revision
   */
  public LawReport check(String service, int rows, PlumblineClient client) {
    return check(service, List.of(), rows, client);
  }

  /**
   * {@link #check(String, int, PlumblineClient)} with some questions of the caller's before the
   * others.
   *
   * @param first the report shows the answers to the first of them
   */
  public LawReport check(String service, List<SampleRow> first, int rows, PlumblineClient client) {
    PortablePlan portable = PortablePlan.ofService(applied.revision(), service);
    ServicePlan plan = portable.resolve();
    List<SampleRow> sample = new ArrayList<>(first);
    sample.addAll(new LawSample(plan, this::log).rows(rows));
    FeatureRequest request = Questions.ask(plan, sample);
    List<Asked> asked = new ArrayList<>();
    for (Optional<Duration> maxAge : List.of(Optional.<Duration>empty(), Optional.of(STRICTEST))) {
      asked.add(new Asked(client.get(maxAge.map(request::maxAge).orElse(request)), maxAge));
    }
    Comparison comparison = new Comparison(plan, sample);
    byPublications(asked)
        .forEach(
            (publications, replies) -> {
              List<List<Cell>> expected = expected(portable, plan, sample, publications, replies);
              for (int i = 0; i < replies.size(); i++) {
                comparison.add(
                    pushing(plan, publications),
                    replies.get(i).reply(),
                    expected.subList(i * sample.size(), (i + 1) * sample.size()));
              }
            });
    return comparison.report(asked.get(asked.size() - 1).reply());
  }

  /** Replies that read the same publications are looked up together. */
  private Map<List<Publication>, List<Asked>> byPublications(List<Asked> asked) {
    Map<List<Publication>, List<Asked>> groups = new LinkedHashMap<>();
    for (Asked each : asked) {
      requireSameRevision(each.reply());
      List<Publication> publications =
          each.reply().views().stream().map(FeatureVectors.View::publication).toList();
      groups.computeIfAbsent(publications, none -> new ArrayList<>()).add(each);
    }
    return groups;
  }

  private void requireSameRevision(FeatureVectors reply) {
    if (!reply.registryRevision().equals(applied.fingerprint())) {
      throw new ConflictException(
          "the server serves registry revision %s (expected: %s, the newest applied one); wait a second for it, or apply again"
              .formatted(reply.registryRevision(), applied.fingerprint()));
    }
  }

  /** The cells of every row of the first reply, then of the second. */
  private List<List<Cell>> expected(
      PortablePlan portable,
      ServicePlan plan,
      List<SampleRow> sample,
      List<Publication> publications,
      List<Asked> replies) {
    Map<FeatureView, ViewLog> logs = new LinkedHashMap<>();
    for (int i = 0; i < plan.reads().size(); i++) {
      FeatureView view = plan.reads().get(i).view();
      logs.put(view, log(view, publications.get(i)));
    }
    List<Questions.At> instants =
        replies.stream()
            .map(each -> new Questions.At(each.reply().servedAt(), each.maxAge()))
            .toList();
    return new PointInTimeAnswers(portable, view -> Objects.requireNonNull(logs.get(view)))
        .of(Questions.labels(warehouse.spark(), plan, sample, instants), Questions.NUMBER);
  }

  /** A view's log as the newest run leaves it. */
  private ViewLog log(FeatureView view) {
    return new ViewLog(table(view), new Ledger(view.timing(), ledger.runs(view.id())));
  }

  /**
   * A view's log as a publication shows it. The ledger copies markers, and may not yet have copied
   * this one.
   *
   * @throws ConflictException if the ledger has no such run
   */
  private ViewLog log(FeatureView view, Publication publication) {
    long stamp = Micros.of(publication.createdAt());
    List<Run> runs = new ArrayList<>();
    for (Run run : ledger.runs(view.id())) {
      boolean copied = run.stamp() != stamp || run.publishedAt().isPresent();
      runs.add(copied ? run : run.published(Micros.of(publication.publishedAt())));
    }
    if (runs.stream().noneMatch(run -> run.stamp() == stamp)) {
      throw new ConflictException(
          "the server shows run %s of %s, which the ledger does not have; is it another project's store, or an old copy of the ledger?"
              .formatted(publication.createdAt(), view.id()));
    }
    return new ViewLog(table(view), new Ledger(view.timing(), runs).upTo(view.timing(), stamp));
  }

  private FeatureTable table(FeatureView view) {
    return warehouse.table(view, applied.revision().entity(view.entity()));
  }

  /**
   * Of each read whether a push may be under way: a run came after the publication and is not
   * published.
   */
  private List<Boolean> pushing(ServicePlan plan, List<Publication> publications) {
    List<Boolean> pushing = new ArrayList<>();
    for (int i = 0; i < plan.reads().size(); i++) {
      long stamp = Micros.of(publications.get(i).createdAt());
      pushing.add(
          ledger.runs(plan.reads().get(i).view().id()).stream()
              .anyMatch(run -> run.stamp() > stamp));
    }
    return pushing;
  }

  /** What was served beside what training would hold. */
  private static final class Comparison {
    private final ServicePlan plan;
    private final List<SampleRow> sample;
    private final Map<Status, Integer> byStatus = new EnumMap<>(Status.class);
    private final List<String> violations = new ArrayList<>();
    private final List<LawReport.Pair> example = new ArrayList<>();
    private int inFlight;

    Comparison(ServicePlan plan, List<SampleRow> sample) {
      this.plan = plan;
      this.sample = sample;
    }

    void add(List<Boolean> pushing, FeatureVectors reply, List<List<Cell>> expected) {
      for (int row = 0; row < sample.size(); row++) {
        for (int i = 0; i < plan.outputs().size(); i++) {
          if (isInFlight(pushing, reply, plan.outputs().get(i), row)) {
            inFlight++;
          } else {
            compare(reply, row, i, expected.get(row).get(i));
          }
        }
      }
    }

    private boolean isInFlight(
        List<Boolean> pushing, FeatureVectors reply, Output output, int row) {
      return plan.slotsOf(output).stream()
          .map(Slot::read)
          .anyMatch(
              read -> pushing.get(read) && reply.views().get(read).entities().get(row).inFlight());
    }

    private void compare(FeatureVectors reply, int row, int output, Cell expected) {
      Feature feature = reply.features().get(output);
      DataType type = plan.outputs().get(output).type();
      Status status = Status.valueOf(feature.statuses().get(row).name());
      Cell served = new Cell(status, canonical(type, feature.values().get(row)));
      byStatus.merge(status, 1, Integer::sum);
      if (row == 0 && example.size() < plan.outputs().size()) {
        example.add(new LawReport.Pair(feature.name(), served, expected));
      }
      if (!served.equals(expected)) {
        violations.add(
            "%s of %s at %s: served %s, point in time %s"
                .formatted(
                    feature.name(), sample.get(row).keys(), reply.servedAt(), served, expected));
      }
    }

    private static @Nullable Object canonical(DataType type, @Nullable Object value) {
      if (value instanceof byte[] bytes) {
        return Bytes.copyOf(bytes);
      }
      if (value instanceof List<?> list && type instanceof DataType.ArrayOf array) {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(canonical(array.element(), element)));
        return CanonicalValue.of(type, elements);
      }
      return CanonicalValue.of(type, value);
    }

    LawReport report(FeatureVectors last) {
      return new LawReport(plan.name(), last.servedAt(), byStatus, inFlight, example, violations);
    }
  }
}
