package dev.plumbline.offline.dataset;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.offline.pointintime.ViewLogs;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The change logs that a dataset is built from.
 *
 * @param byView in the order in which the plan reads them; each has a run
 */
public record DatasetLogs(Map<FeatureView, ViewLog> byView) implements ViewLogs {
  public DatasetLogs {
    byView = Collections.unmodifiableMap(new LinkedHashMap<>(byView));
  }

  @Override
  public ViewLog of(FeatureView view) {
    return Objects.requireNonNull(byView.get(view), () -> view.id() + " is not read");
  }

  /** The first refresh of the view that begins last: from then on every view has answers. */
  public Instant coverage() {
    return Micros.instant(
        byView.values().stream()
            .mapToLong(log -> log.ledger().firstRefresh().orElseThrow())
            .max()
            .orElse(0));
  }
}
