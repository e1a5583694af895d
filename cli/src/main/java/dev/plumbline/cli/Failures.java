package dev.plumbline.cli;

import dev.plumbline.client.FeatureServerException;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.failure.BreakingException;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.gate.GateFailedException;
import dev.plumbline.offline.source.SourceMismatchException;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.LocalRedisException;
import dev.plumbline.timeline.NoRefreshException;
import dev.plumbline.timeline.run.RunRefusedException;
import dev.plumbline.timeline.window.AggregateException;
import dev.plumbline.vector.UnknownNameException;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** From what went wrong to what people read and programs get as exit code. */
final class Failures implements IExecutionExceptionHandler {
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int INVALID = 3;
  static final int CONFLICT = 4;
  static final int NOT_FOUND = 5;
  static final int UNAVAILABLE = 6;
  static final int LAW_BROKEN = 7;
  static final int GATE_FAILED = 7;
  static final int CHANGES = 8;
  static final int BREAKING = 9;
  static final int INTERRUPTED = 130;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof InterruptedException || Interruption.ofProcess().isRequested()) {
      command.getErr().println("interrupted");
      return INTERRUPTED;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      OptionalInt code = code(cause);
      if (code.isPresent()) {
        if (!(failure instanceof ToldException)) {
          command.getErr().println(cause.getMessage());
        }
        return code.getAsInt();
      }
    }
    command.getErr().println("plumb: a bug of ours, please report it with the lines below");
    failure.printStackTrace(command.getErr());
    return BUG;
  }

  /** What people should read of a failure that does not end the command. */
  static String text(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (code(cause).isPresent()) {
        return String.valueOf(cause.getMessage());
      }
    }
    return "a bug of ours, please report it: " + failure;
  }

  /** The exit code of a failure that is not a bug of ours; empty if it is one. */
  private static OptionalInt code(Throwable cause) {
    if (cause instanceof FeatureServerException refused) {
      return code(refused.code());
    }
    if (cause instanceof UsageException || cause instanceof NoRefreshException) {
      return OptionalInt.of(USAGE);
    }
    if (cause instanceof InvalidException
        || cause instanceof SourceMismatchException
        || cause instanceof AggregateException
        || cause instanceof ExpressionException) {
      return OptionalInt.of(INVALID);
    }
    if (cause instanceof ConflictException || cause instanceof RunRefusedException) {
      return OptionalInt.of(CONFLICT);
    }
    if (cause instanceof BreakingException) {
      return OptionalInt.of(BREAKING);
    }
    if (cause instanceof NotFoundException || cause instanceof UnknownNameException) {
      return OptionalInt.of(NOT_FOUND);
    }
    if (cause instanceof GateFailedException) {
      return OptionalInt.of(GATE_FAILED);
    }
    boolean unavailable =
        cause instanceof UnavailableException
            || cause instanceof StoreUnavailableException
            || cause instanceof LocalRedisException;
    return unavailable ? OptionalInt.of(UNAVAILABLE) : OptionalInt.empty();
  }

  private static OptionalInt code(FeatureServerException.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, RESOURCE_EXHAUSTED -> OptionalInt.of(USAGE);
      case NOT_FOUND -> OptionalInt.of(NOT_FOUND);
      case UNAVAILABLE, DEADLINE_EXCEEDED -> OptionalInt.of(UNAVAILABLE);
      case INTERNAL -> OptionalInt.empty();
    };
  }
}
