package dev.plumbline.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is found about one definition, which becomes one change. */
final class Findings {
  private final String subject;
  private final EnumSet<ChangeClass> kinds = EnumSet.noneOf(ChangeClass.class);
  private final List<String> refused = new ArrayList<>();
  private final List<String> others = new ArrayList<>();
  private final Set<String> remedies = new LinkedHashSet<>();

  Findings(String subject) {
    this.subject = subject;
  }

  void add(ChangeClass kind, String detail) {
    kinds.add(kind);
    others.add(detail);
  }

  void addAll(ChangeClass kind, List<String> details) {
    details.forEach(detail -> add(kind, detail));
  }

  /** Something that may not be. */
  void refuse(List<String> details, String remedy) {
    kinds.add(ChangeClass.BREAKING);
    refused.addAll(details);
    remedies.add(remedy);
  }

  void refuse(String detail, String remedy) {
    refuse(List.of(detail), remedy);
  }

  /** Something to know, which does not matter to what kind of change it is. */
  void note(String detail) {
    others.add(detail);
  }

  boolean areNone() {
    return kinds.isEmpty();
  }

  /** Empty if nothing was found. */
  Optional<Change> change(Affected affected) {
    if (areNone()) {
      return Optional.empty();
    }
    ChangeClass kind = Collections.max(kinds);
    Set<ChangeClass> also = EnumSet.copyOf(kinds);
    also.remove(kind);
    List<String> details = new ArrayList<>(refused);
    details.addAll(others);
    Optional<String> remedy =
        remedies.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remedies));
    return Optional.of(new Change(subject, kind, also, details, remedy, affected));
  }
}
