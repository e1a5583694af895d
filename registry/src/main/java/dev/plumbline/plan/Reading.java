package dev.plumbline.plan;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one service reads, and what it asks of its callers.
 *
 * @param versions of feature views and on-demand views, also those that only on-demand views read
 * @param roles whose keys callers have to send
 * @param request values that callers have to send, and no others
 * @param types of its features
 * @param views from what it reads to the version that has it
 */
record Reading(
    FeatureService service,
    SortedSet<ViewId> versions,
    SortedSet<String> roles,
    SortedMap<String, DataType> request,
    Map<FeatureRef, DataType> types,
    Map<FeatureRef, ViewId> views) {
  String name() {
    return service.name();
  }

  boolean isActive() {
    return service.lifecycle() == Lifecycle.ACTIVE;
  }
}
