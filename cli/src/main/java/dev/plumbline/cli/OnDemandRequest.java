package dev.plumbline.cli;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody asks of one on-demand view.
 *
 * @param keys canonical, of each role that an input has
 * @param values canonical, in the order of the view's request values
 */
record OnDemandRequest(Map<String, List<Object>> keys, List<Object> values) {
  /**
   * What options say.
   *
   * @param entities each {@code ROLE=KEY[,KEY]}
   * @throws UsageException if one lacks, is not of its type, or belongs to nothing
   */
  static OnDemandRequest parse(
      Revision revision, OnDemandView view, List<String> entities, Map<String, String> values) {
    Map<String, String> written = new LinkedHashMap<>();
    for (String each : entities) {
      int at = each.indexOf('=');
      if (at < 0) {
        throw new UsageException(
            "--entity %s: of which role? (expected: ROLE=KEY, for %s)"
                .formatted(each, String.join(", ", view.roles().keySet())));
      }
      written.put(each.substring(0, at), each.substring(at + 1));
    }
    Map<String, List<Object>> keys = new LinkedHashMap<>();
    for (String role : roles(view)) {
      String entity = String.valueOf(view.roles().get(role));
      keys.put(
          role,
          EntityKeys.parse(
              "--entity " + role, revision.entity(entity), needed("--entity", role, written)));
    }
    RequestValues.rejectUnknown("--entity", written.keySet(), List.copyOf(keys.keySet()));
    return new OnDemandRequest(keys, values(view, values));
  }

  /** The roles whose features are read. */
  private static Set<String> roles(OnDemandView view) {
    return view.inputs().stream()
        .map(FeatureRef::role)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Object> values(OnDemandView view, Map<String, String> written) {
    List<Object> values = new ArrayList<>();
    for (Field field : view.request()) {
      String text = needed("--value", field.name(), written);
      values.add(EntityKeys.value("--value " + field.name(), field, text));
    }
    RequestValues.rejectUnknown(
        "--value", written.keySet(), view.request().stream().map(Field::name).toList());
    return values;
  }

  private static String needed(String option, String name, Map<String, String> written) {
    String text = written.get(name);
    if (text == null) {
      throw new UsageException("nothing for '%1$s'; add %2$s %1$s=...".formatted(name, option));
    }
    return text;
  }
}
