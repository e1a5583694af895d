package dev.plumbline.online;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads lists of references as callers write them. */
final class References {
  private static final Pattern REFERENCE =
      Pattern.compile("([a-z0-9_]+):([a-z0-9_]+)(?:@([1-9][0-9]{0,8}))?");

  private References() {}

  /**
   * The references that texts stand for.
   *
   * @param most that a call may have
   * @throws CallException.Invalid if one is not {@code role:feature@version}
   * @throws CallException.TooMuch if they are too many
   */
  static List<FeatureRef> read(List<String> texts, Revision revision, int most) {
    if (texts.isEmpty()) {
      throw new CallException.Invalid(
          "features.references", "is empty (expected: role:feature@version, at least one)");
    }
    if (texts.size() > most) {
      throw new CallException.TooMuch(
          "features.references",
          "has %d references (expected: at most %d, --max-references); send them in several calls"
              .formatted(texts.size(), most));
    }
    List<FeatureRef> references = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      references.add(read("features.references[" + i + "]", texts.get(i), revision));
    }
    return references;
  }

  private static FeatureRef read(String field, String text, Revision revision) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      throw new CallException.Invalid(field, "'" + text + "' (expected: role:feature@version)");
    }
    String role = matcher.group(1);
    String feature = matcher.group(2);
    String version = matcher.group(3);
    if (version == null) {
      OptionalInt newest = newest(role, feature, revision);
      throw new CallException.Invalid(
          field,
          "'%s' names no version (expected: role:feature@version%s)"
              .formatted(text, newest.isEmpty() ? "" : "; the newest is @" + newest.getAsInt()));
    }
    return new FeatureRef(role, feature, Integer.parseInt(version));
  }

  private static OptionalInt newest(String role, String feature, Revision revision) {
    Stream<ViewId> stored =
        revision.views().values().stream()
            .filter(view -> view.entity().equals(role))
            .filter(view -> names(view).anyMatch(feature::equals))
            .map(FeatureView::id);
    Stream<ViewId> onDemand =
        revision.onDemandViews().values().stream()
            .map(OnDemandView::id)
            .filter(id -> id.name().equals(role));
    return IntStream.concat(stored.mapToInt(ViewId::version), onDemand.mapToInt(ViewId::version))
        .max();
  }

  private static Stream<String> names(FeatureView view) {
    return view.features().stream().map(FeatureView.Feature::name);
  }
}
