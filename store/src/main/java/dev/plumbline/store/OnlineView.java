package dev.plumbline.store;

import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One view version as the online store knows it.
 *
 * @param project the key space
 * @param shortId number of {@code view@version} within the project, given out by the registry,
 *     never reused
 * @param entity name of the entity, part of every key
 * @param keyTypes of the entity's keys, in its order
 * @param features of every record, in order
 * @param rowLifetime how long after its event time a record is kept; absent: for ever (windowed
 *     views)
 */
public record OnlineView(
    String project,
    int shortId,
    String entity,
    List<DataType> keyTypes,
    List<Field> features,
    Optional<Duration> rowLifetime) {
  public OnlineView {
    keyTypes = List.copyOf(keyTypes);
    features = List.copyOf(features);
  }
}
