package dev.plumbline.bench.measure;

/** Two that had to come to the same did not. */
public final class DisagreementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DisagreementException(String message) {
    super(message);
  }
}
