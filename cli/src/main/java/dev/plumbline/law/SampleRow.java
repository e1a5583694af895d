package dev.plumbline.law;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question about the law.
 *
 * @param keys of each role of the plan, its entity's key values in their order
 * @param request one value per request value of the plan
 */
public record SampleRow(List<List<Object>> keys, List<@Nullable Object> request) {
  public SampleRow {
    keys = List.copyOf(keys);
    request = Collections.unmodifiableList(new ArrayList<>(request));
  }
}
