package dev.plumbline.bench.measure;

/** What a command has measured. */
public interface Findings {
  /** For people. */
  String text();

  /** For programs. */
  String json();
}
