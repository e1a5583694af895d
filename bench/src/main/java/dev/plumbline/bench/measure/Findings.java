package dev.plumbline.bench.measure;

/** What a command has found out. */
public interface Findings {
  /** For people: a table, and a line for each target. */
  String text();

  /** The same as JSON. */
  String json();
}
