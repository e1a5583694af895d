package dev.plumbline.offline.pointintime;

import dev.plumbline.definition.FeatureView;

/** The change logs that a join reads, each at its log position. */
public interface ViewLogs {
  ViewLog of(FeatureView view);
}
