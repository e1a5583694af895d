package dev.plumbline.bench.online;

/**
 * What is known about one feature of one entity.
 *
 * @param value 0 unless it is present
 */
record Cell(Fact fact, double value) {
  /** The statuses that the data has. */
  enum Fact {
    PRESENT,
    NULL,
    MISSING,
    EXPIRED,
    /** Anything else, which is always wrong. */
    OTHER
  }

  static Cell present(double value) {
    return new Cell(Fact.PRESENT, value);
  }

  static Cell without(Fact fact) {
    return new Cell(fact, 0);
  }

  @Override
  public String toString() {
    return fact == Fact.PRESENT ? "PRESENT " + value : fact.name();
  }
}
