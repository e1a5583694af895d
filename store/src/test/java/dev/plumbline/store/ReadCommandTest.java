package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a read is told of its commands. Lettuce may end a command that it has ended before. */
class ReadCommandTest {
  /** Writes down how commands ended. */
  private static final class Endings implements ReadCommand.Items {
    private final ByteRuns key = ByteRuns.of(new byte[] {'k'});
    private final List<String> told = new ArrayList<>();

    @Override
    public ByteRuns keys(int item) {
      return key;
    }

    @Override
    public int key(int item) {
      return 0;
    }

    @Override
    public void found(@Nullable ByteBuffer value) {}

    @Override
    public void answered() {
      told.add("answered");
    }

    @Override
    public void fail(Throwable failure) {
      told.add(String.valueOf(failure.getMessage()));
    }
  }

  private final Endings read = new Endings();
  private final ReadCommand command = new ReadCommand(read, 0, 1);

  @Test
  void tellsOfAFailureOnce() {
    assertThat(command.completeExceptionally(new IllegalStateException("lost"))).isTrue();
    command.complete();
    command.cancel();

    assertThat(command.completeExceptionally(new IllegalStateException("lost again"))).isFalse();
    assertThat(read.told).containsExactly("lost");
    assertThat(command.isDone()).isTrue();
  }

  @Test
  void tellsOfAnAnswerOnce() {
    command.complete();
    command.complete();

    assertThat(command.completeExceptionally(new CancellationException())).isFalse();
    assertThat(read.told).containsExactly("answered");
  }

  @Test
  void tellsOfAnErrorInsteadOfAnAnswer() {
    command.getOutput().setError("ERR no");

    command.complete();

    assertThat(read.told).containsExactly("ERR no");
  }
}
