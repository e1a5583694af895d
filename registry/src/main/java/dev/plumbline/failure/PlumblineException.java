package dev.plumbline.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that is not a bug of ours. The message says where, what, what was expected and what to
 * do; it is shown to people as it is.
 */
public abstract sealed class PlumblineException extends RuntimeException
    permits InvalidException,
        ConflictException,
        BreakingException,
        NotFoundException,
        UnavailableException {
  private static final long serialVersionUID = 1;

  PlumblineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
