package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keys of one kind, looked for page by page in all keys of one node after the other. What was there
 * from beginning to end is found, some of it perhaps twice.
 *
 * @param <T> what is made of a key
 */
final class RedisScan<T> implements Iterator<T> {
  private static final int KEYS_PER_PAGE = 1_000;

  private final Iterator<RedisNode> nodes;
  private final Function<byte[], Optional<T>> reading;
  private final ScanArgs matching;
  private final Deque<T> page = new ArrayDeque<>();
  private RedisConnection connection;
  private ScanCursor cursor = ScanCursor.INITIAL;

  /**
   * A look that has not begun.
   *
   * @param nodes one or more
   * @param pattern a glob
   * @param reading what is made of a key that it matches; empty if it is none of this kind
   */
  RedisScan(List<RedisNode> nodes, byte[] pattern, Function<byte[], Optional<T>> reading) {
    this.nodes = nodes.iterator();
    this.connection = this.nodes.next().connection();
    this.reading = reading;
    this.matching = ScanArgs.Builder.matches(pattern).limit(KEYS_PER_PAGE);
  }

  /** A look for the entity keys of one view. */
  static RedisScan<Bytes> entities(List<RedisNode> nodes, RecordKeys keys) {
    return new RedisScan<>(nodes, keys.pattern(), keys::entityKey);
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && (!cursor.isFinished() || nodes.hasNext())) {
      if (cursor.isFinished()) {
        connection = nodes.next().connection();
        cursor = ScanCursor.INITIAL;
      }
      ScanCursor from = cursor;
      KeyScanCursor<byte[]> next = connection.call(redis -> redis.scan(from, matching));
      next.getKeys().forEach(key -> reading.apply(key).ifPresent(page::add));
      cursor = next;
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
