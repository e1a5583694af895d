package dev.plumbline.vector;

import dev.plumbline.yaml.NearestName;
import java.util.Collection;

/** A name that this revision does not have. The message says which was probably meant. */
public final class UnknownNameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownNameException(String kind, String name, Collection<String> known) {
    super(message(kind, name, known));
  }

  /** What to tell somebody who wrote a name that is not among {@code known}. */
  public static String message(String kind, String name, Collection<String> known) {
    return "unknown %s '%s'; %s".formatted(kind, name, NearestName.remedy(name, known));
  }
}
