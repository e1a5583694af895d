package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.source.SourceSize;
import dev.plumbline.plan.Amount;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RecordSize;
import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.NoRefreshException;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** About what the backfills of a plan take. No job is run for it. */
final class PlanEstimates {
  /** Of a version that has none yet; it only counts for the digits that it takes in a key. */
  private static final int SHORT_ID = 99;

  private final Optional<Revision> before;
  private final Revision after;
  private final Instant now;
  private final Optional<Instant> from;
  private final SourceSize sources;
  private final PlanEvidence evidence;

  /**
   * Estimates for changes between two revisions.
   *
   * @param from where backfills begin; empty: where those of earlier versions did
   */
  PlanEstimates(
      Optional<Revision> before,
      Revision after,
      Instant now,
      Optional<Instant> from,
      SourceSize sources,
      PlanEvidence evidence) {
    this.before = before;
    this.after = after;
    this.now = now;
    this.from = from;
    this.sources = sources;
    this.evidence = evidence;
  }

  /** Of every view that needs a backfill and may have one. */
  List<Backfill> of(Plan plan) {
    return after.views().values().stream()
        .filter(
            view ->
                plan.find("feature_view " + view.id())
                    .filter(change -> change.kind() == ChangeClass.NEEDS_BACKFILL)
                    .isPresent())
        .map(this::estimate)
        .toList();
  }

  private Backfill estimate(FeatureView view) {
    Instant last = Micros.instant(view.timing().newestDue(Micros.of(now)));
    Optional<Instant> first = from.or(() -> evidence.began(earlier(view.id())));
    RecordSize size = new RecordSize(online(view));
    return new Backfill(
        view.id(),
        first,
        last,
        first
            .map(begin -> refreshes(view.timing().grid(), begin, last))
            .orElse(new Amount.Unknown(evidence.unbegun() + "; say --from INSTANT")),
        sources.rows(after.source(view.source())),
        evidence.redisBytes(alike(view), size),
        size.ofTypical());
  }

  private static Amount refreshes(Grid grid, Instant from, Instant to) {
    try {
      Refreshes refreshes = grid.between(from, to);
      long count = (refreshes.last() - refreshes.first()) / grid.step() + 1;
      return new Amount.Known(count, "from %s to %s".formatted(from, to));
    } catch (NoRefreshException e) {
      return new Amount.Unknown(String.valueOf(e.getMessage()));
    }
  }

  /** Applied versions of the same name, the newest first. */
  private List<FeatureView> earlier(ViewId id) {
    return applied()
        .filter(view -> view.id().name().equals(id.name()))
        .sorted(Comparator.comparing(FeatureView::id).reversed())
        .toList();
  }

  /** Earlier versions, then other applied views of the entity. */
  private List<FeatureView> alike(FeatureView view) {
    return Stream.concat(
            earlier(view.id()).stream(),
            applied().filter(other -> other.entity().equals(view.entity())))
        .distinct()
        .toList();
  }

  private Stream<FeatureView> applied() {
    return before.stream().flatMap(revision -> revision.views().values().stream());
  }

  private OnlineView online(FeatureView view) {
    return OnlineView.of(
        after.project(),
        SHORT_ID,
        view.entity(),
        after.entity(view.entity()).keys().stream().map(Field::type).toList(),
        view.fields(),
        view.timing());
  }
}
