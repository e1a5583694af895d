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

/**
 * The entity keys of one view, looked for page by page in all keys of one node after the other.
 * What was there from beginning to end is found, some of it perhaps twice.
 */
final class RedisScan implements Iterator<Bytes> {
  private static final int KEYS_PER_PAGE = 1_000;

  private final Iterator<RedisNode> nodes;
  private final RecordKeys keys;
  private final ScanArgs matching;
  private final Deque<Bytes> page = new ArrayDeque<>();
  private RedisConnection connection;
  private ScanCursor cursor = ScanCursor.INITIAL;

  /**
   * A look that has not begun.
   *
   * @param nodes one or more
   */
  RedisScan(List<RedisNode> nodes, RecordKeys keys) {
    this.nodes = nodes.iterator();
    this.connection = this.nodes.next().connection();
    this.keys = keys;
    this.matching = ScanArgs.Builder.matches(keys.pattern()).limit(KEYS_PER_PAGE);
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
      next.getKeys().forEach(key -> keys.entityKey(key).ifPresent(page::add));
      cursor = next;
    }
    return !page.isEmpty();
  }

  @Override
  public Bytes next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
