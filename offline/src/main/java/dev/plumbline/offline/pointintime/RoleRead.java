package dev.plumbline.offline.pointintime;

import dev.plumbline.definition.FeatureView;
import java.util.List;

/**
 * One view read for one role.
 *
 * @param index of the read within the plan
 * @param features positions, within the view, of the features that are needed; ascending
 */
record RoleRead(int index, FeatureView view, ViewLog log, List<Integer> features) {
  /** Where the join keeps the status of the plan's read of this index. */
  static String statusColumn(int index) {
    return PointInTimeJoin.OWN + "status_" + index;
  }

  /** Where it keeps the value of a feature. */
  static String valueColumn(int index, int feature) {
    return PointInTimeJoin.OWN + "value_" + index + "_" + feature;
  }
}
