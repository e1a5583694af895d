package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.plan.Amount;
import dev.plumbline.store.RecordSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is there already, from which it is told what a new version will take. */
interface PlanEvidence {
  /** The first refresh that any of these versions has; the first of them that has one counts. */
  Optional<Instant> began(List<FeatureView> versions);

  /** Why none of them has one. */
  String unbegun();

  /** What so many records as one of these views has would take; the first that has some counts. */
  Amount redisBytes(List<FeatureView> views, RecordSize size);

  /** Where nothing may be asked. */
  record Nowhere(String why) implements PlanEvidence {
    @Override
    public Optional<Instant> began(List<FeatureView> versions) {
      return Optional.empty();
    }

    @Override
    public String unbegun() {
      return why;
    }

    @Override
    public Amount redisBytes(List<FeatureView> views, RecordSize size) {
      return new Amount.Unknown(why);
    }
  }
}
