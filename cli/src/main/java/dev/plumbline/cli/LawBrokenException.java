package dev.plumbline.cli;

/** Serving and training disagree, or too little was sampled to say that they agree. */
final class LawBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LawBrokenException(String message) {
    super(message);
  }
}
