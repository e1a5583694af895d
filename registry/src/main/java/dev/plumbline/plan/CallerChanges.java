package dev.plumbline.plan;

import dev.plumbline.type.DataType;
import java.util.Map;
import java.util.Objects;

/** What callers of a service would have to send otherwise than they do. */
final class CallerChanges {
  /** Whoever reads a service goes on reading the same list, until they move. */
  static final String REMEDY =
      "restore it, name the new list as a new service, and retire this one when its callers have moved";

  private final Reading before;
  private final Reading after;
  private final Findings findings;

  CallerChanges(Reading before, Reading after, Findings findings) {
    this.before = before;
    this.after = after;
    this.findings = findings;
  }

  void find() {
    roles();
    requestValues();
  }

  private void roles() {
    Map<String, String> now = after.service().roles();
    before
        .service()
        .roles()
        .forEach(
            (role, entity) -> {
              String other = now.get(role);
              if (other == null) {
                findings.refuse("drops the role '%s' (%s)".formatted(role, entity), REMEDY);
              } else if (!other.equals(entity)) {
                findings.refuse(
                    "role '%s' becomes a %s, was a %s".formatted(role, other, entity), REMEDY);
              }
            });
    after.roles().stream()
        .filter(role -> !before.roles().contains(role))
        .forEach(
            role ->
                findings.refuse(
                    "asks its callers for the keys of the role '%s' (%s), which they do not send"
                        .formatted(role, now.get(role)),
                    REMEDY));
  }

  private void requestValues() {
    for (String name : Sides.union(before.request(), after.request())) {
      DataType was = before.request().get(name);
      DataType now = after.request().get(name);
      if (was == null) {
        findings.refuse(
            "asks its callers for '%s' (%s), which they do not send".formatted(name, now), REMEDY);
      } else if (now == null) {
        findings.refuse("takes no '%s' any more, which its callers send".formatted(name), REMEDY);
      } else if (!Objects.equals(now, was)) {
        findings.refuse("takes '%s' as %s, was %s".formatted(name, now, was), REMEDY);
      }
    }
  }
}
