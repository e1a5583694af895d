package dev.plumbline.load;

import java.util.function.Consumer;

/**
 * A request, and who looks at the bytes of its reply.
 *
 * @param onReply is called on the thread that received the reply, and must be quick
 */
public record Question<Q>(Q request, Consumer<byte[]> onReply) {
  /** A request whose reply is only counted. */
  public static <Q> Question<Q> of(Q request) {
    return new Question<>(request, reply -> {});
  }
}
