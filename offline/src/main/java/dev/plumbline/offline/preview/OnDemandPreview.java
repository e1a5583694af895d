package dev.plumbline.offline.preview;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An on-demand view for one request.
 *
 * @param inputs in the order of the view
 * @param features one cell for each feature of the view, in its order
 */
public record OnDemandPreview(OnDemandView view, List<Input> inputs, List<Cell> features) {
  public OnDemandPreview {
    inputs = List.copyOf(inputs);
    features = List.copyOf(features);
  }

  /**
   * A feature that the expressions read.
   *
   * @param refresh at which its view was computed
   * @param value canonical; null unless PRESENT
   */
  public record Input(FeatureRef ref, Instant refresh, Status status, @Nullable Object value) {}
}
