package dev.plumbline.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of one definition.
 *
 * @param subject in the words of the files: {@code feature_view airport_departures@2}
 * @param kind the most severe that holds
 * @param also the milder ones that hold too
 * @param details what differs, a line each; what is refused first
 * @param remedy what to do instead, where the change is refused
 */
public record Change(
    String subject,
    ChangeClass kind,
    Set<ChangeClass> also,
    List<String> details,
    Optional<String> remedy,
    Affected affected) {
  public Change {
    also = also.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(also));
    details = List.copyOf(details);
  }
}
