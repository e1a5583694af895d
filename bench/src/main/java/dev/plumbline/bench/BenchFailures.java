package dev.plumbline.bench;

import dev.plumbline.bench.measure.DisagreementException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.store.local.LocalRedisException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** From what went wrong to what people read and programs get as exit code, as in {@code plumb}. */
final class BenchFailures implements IExecutionExceptionHandler {
  static final int BUG = 1;
  static final int UNAVAILABLE = 6;
  static final int DISAGREEMENT = 7;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof DisagreementException) {
      command.getErr().println(failure.getMessage());
      return DISAGREEMENT;
    }
    if (failure instanceof UnavailableException
        || failure instanceof StoreUnavailableException
        || failure instanceof LocalRedisException) {
      command.getErr().println(failure.getMessage());
      return UNAVAILABLE;
    }
    command.getErr().println("plumb: a bug of ours, please report it with the lines below");
    failure.printStackTrace(command.getErr());
    return BUG;
  }
}
