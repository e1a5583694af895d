package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.Bytes;

/**
 * The newest row of one entity.
 *
 * @param entityKey {@link dev.plumbline.type.ValueBytes} of the entity's key values
 */
public record OnlineRecord(Bytes entityKey, FeatureRow row) {}
