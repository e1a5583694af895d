package dev.plumbline.cli;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.StorageFailures;
import dev.plumbline.offline.preview.KnownValues;
import dev.plumbline.timeline.Ledger;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of a few entities, to see what values look like.
 *
 * @param at the instant as of which it is known
 * @param missing why there are none; empty if there are
 */
record Examples(Instant at, List<KnownValues> entities, String missing) {
  private static final int MOST = 5;

  Examples {
    entities = List.copyOf(entities);
  }

  /** Values of the log, by the rule that servers go by: what would be served now. */
  static Examples of(Workspace workspace, FeatureView view, Entity entity, Ledger ledger) {
    Instant now = workspace.clock().instant();
    if (ledger.last().isEmpty()) {
      return new Examples(now, List.of(), "nothing is materialised yet");
    }
    try {
      List<KnownValues> known =
          StorageFailures.explained(() -> workspace.glance().rows(view, entity, MOST))
              .entrySet()
              .stream()
              .map(each -> KnownValues.at(now, view, ledger, each.getKey(), each.getValue()))
              .sorted(Comparator.comparing(each -> each.key().toString()))
              .toList();
      return new Examples(now, known, known.isEmpty() ? "the log knows no entity" : "");
    } catch (UnavailableException | UncheckedIOException e) {
      return new Examples(now, List.of(), "the log cannot be read: " + e.getMessage());
    }
  }
}
