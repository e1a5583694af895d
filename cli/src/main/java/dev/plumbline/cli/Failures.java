package dev.plumbline.cli;

import dev.plumbline.client.FeatureServerException;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * From what went wrong to what people read and programs get as exit code. Classes of modules that
 * not every command loads are known by their names.
 */
final class Failures implements IExecutionExceptionHandler {
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int INVALID = 3;
  static final int CONFLICT = 4;
  static final int NOT_FOUND = 5;
  static final int UNAVAILABLE = 6;
  static final int LAW_BROKEN = 7;
  static final int INTERRUPTED = 130;

  private static final Map<String, Integer> CODES = new LinkedHashMap<>();

  static {
    CODES.put(InvalidDefinitionsException.class.getName(), INVALID);
    CODES.put(InvalidException.class.getName(), INVALID);
    CODES.put("dev.plumbline.offline.source.SourceMismatchException", INVALID);
    CODES.put("dev.plumbline.timeline.window.AggregateException", INVALID);
    CODES.put("dev.plumbline.expression.ExpressionException", INVALID);
    CODES.put(ConflictException.class.getName(), CONFLICT);
    CODES.put("dev.plumbline.timeline.run.RunRefusedException", CONFLICT);
    CODES.put(NotFoundException.class.getName(), NOT_FOUND);
    CODES.put("dev.plumbline.vector.UnknownNameException", NOT_FOUND);
    CODES.put(UnavailableException.class.getName(), UNAVAILABLE);
    CODES.put("dev.plumbline.store.StoreUnavailableException", UNAVAILABLE);
    CODES.put("dev.plumbline.store.local.LocalRedisException", UNAVAILABLE);
    CODES.put(LawBrokenException.class.getName(), LAW_BROKEN);
    CODES.put(UsageException.class.getName(), USAGE);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof InterruptedException) {
      command.getErr().println("interrupted");
      return INTERRUPTED;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Integer code = code(cause);
      if (code != null) {
        command.getErr().println(cause.getMessage());
        return code;
      }
    }
    command.getErr().println("plumb: a bug of ours, please report it with the lines below");
    failure.printStackTrace(command.getErr());
    return BUG;
  }

  private static @org.jspecify.annotations.Nullable Integer code(Throwable cause) {
    if (cause instanceof FeatureServerException refused) {
      return switch (refused.code()) {
        case INVALID_ARGUMENT, RESOURCE_EXHAUSTED -> USAGE;
        case NOT_FOUND -> NOT_FOUND;
        case UNAVAILABLE, DEADLINE_EXCEEDED -> UNAVAILABLE;
        case INTERNAL -> BUG;
      };
    }
    return CODES.get(cause.getClass().getName());
  }
}
