package dev.plumbline.cli;

/** A failure that people have read of already; it only decides the exit code. */
final class ToldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ToldException(RuntimeException told) {
    super(told.getMessage(), told);
  }
}
