package dev.plumbline.definition;

import java.util.List;
import java.util.Optional;

/**
 * What people say of a definition. It means nothing to a value.
 *
 * @param owner who answers for it
 * @param tags words to find it by, in the order of the alphabet
 */
public record About(Optional<String> owner, Optional<String> description, List<String> tags) {
  /** Nothing is said. */
  public static final About NOTHING = new About(Optional.empty(), Optional.empty(), List.of());

  public About {
    tags = tags.stream().sorted().toList();
  }
}
