package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it can be reported at once. Not thread-safe. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(Where where, Complaint complaint) {
    found.add(new Problem(where.file(), where.line(), where.column(), complaint));
  }

  public int count() {
    return found.size();
  }

  /**
   * Returns if nothing was found.
   *
   * @throws InvalidDefinitionsException with all problems, by file and line
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidDefinitionsException(found.stream().sorted().distinct().toList());
    }
  }
}
