package dev.plumbline.online;

import dev.plumbline.serving.v1.Doubles;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.wire.BackwardsWriter;
import java.util.Arrays;

/**
 * What surrounds the value of a feature in a reply of one row in which it is PRESENT: always the
 * same where values have eight bytes. Most calls ask for one row.
 *
 * @param before from the statuses to the length of the values
 * @param after from the end of the values to that of the feature
 */
record SingleRow(byte[] before, byte[] after) {
  /**
   * Of one feature.
   *
   * @param form of eight bytes in a record and in a reply
   * @param read of the plan
   */
  static SingleRow of(ValueForm form, int read) {
    BackwardsWriter out = new BackwardsWriter();
    out.integerEvenIfZero(FeatureColumn.VIEW_FIELD_NUMBER, read);
    byte[] after = out.copy();
    int column = out.size();
    out.fixed64(0);
    int value = out.size();
    out.endOf(Doubles.VALUES_FIELD_NUMBER, column);
    out.endOf(form.field(), column);
    out.endOf(FeatureColumn.COLUMN_FIELD_NUMBER, column);
    out.bytes(FeatureColumn.STATUSES_FIELD_NUMBER, new byte[] {WireStatus.PRESENT});
    byte[] whole = out.copy();
    return new SingleRow(Arrays.copyOf(whole, whole.length - value), after);
  }
}
