package dev.plumbline.vector;

import java.util.Collection;

/** A name that this revision does not have. The message lists those that it has. */
public final class UnknownNameException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownNameException(String kind, String name, Collection<String> known) {
    super("unknown %s '%s' (known: %s)".formatted(kind, name, String.join(", ", known)));
  }
}
