package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.plan.Amount;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RecordSample;
import dev.plumbline.store.RecordSize;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.LocalRedisException;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger and the online store of a project hold of the applied revision. */
final class StoredEvidence implements PlanEvidence {
  private final Workspace workspace;
  private final Revision applied;
  private final Map<ViewId, RecordSample> samples = new HashMap<>();

  StoredEvidence(Workspace workspace, Revision applied) {
    this.workspace = workspace;
    this.applied = applied;
  }

  @Override
  public Optional<Instant> began(List<FeatureView> versions) {
    return versions.stream()
        .flatMap(view -> workspace.ledger().runs(view.id()).stream().limit(1))
        .findFirst()
        .map(Run::firstRefresh)
        .map(Micros::instant);
  }

  @Override
  public String unbegun() {
    return "no earlier version was backfilled";
  }

  @Override
  public Amount redisBytes(List<FeatureView> views, RecordSize size) {
    try {
      if (!workspace.hasStore()) {
        return new Amount.Unknown("no Redis runs");
      }
      for (FeatureView view : views) {
        RecordSample sample = samples.computeIfAbsent(view.id(), id -> sample(view));
        if (sample.records() > 0) {
          return new Amount.Known(
              size.of(sample),
              "for %,d records, as many as %s has".formatted(sample.records(), view.id()));
        }
      }
      return new Amount.Unknown("no other view of the entity has records");
    } catch (StoreUnavailableException | LocalRedisException e) {
      return new Amount.Unknown(String.valueOf(e.getMessage()));
    }
  }

  private RecordSample sample(FeatureView view) {
    return workspace
        .store()
        .sample(
            OnlineView.of(
                applied.project(),
                workspace.registry().shortId(view.id()),
                view.entity(),
                applied.entity(view.entity()).keys().stream().map(Field::type).toList(),
                view.fields(),
                view.timing()));
  }
}
