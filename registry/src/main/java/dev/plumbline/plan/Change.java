package dev.plumbline.plan;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of one definition.
 *
 * @param subject in the words of the files: {@code feature_view airport_departures@2}
 * @param details what differs, a line each
 * @param remedy what to do instead, where the change is refused
 */
public record Change(
    String subject, ChangeClass kind, List<String> details, Optional<String> remedy) {
  public Change {
    details = List.copyOf(details);
  }
}
