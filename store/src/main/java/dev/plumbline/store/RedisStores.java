package dev.plumbline.store;

import java.io.Serializable;
import java.time.InstantSource;

/**
 * Connects to one Redis from wherever work is sent. In bytes it holds the password of the address,
 * in its text it does not.
 *
 * @param clock by which records are given their lifetimes; it is sent along
 */
public record RedisStores(RedisAddress address, RedisSettings settings, InstantSource clock)
    implements OnlineStores {
  public RedisStores {
    if (!(clock instanceof Serializable)) {
      throw new IllegalArgumentException(
          "clock %s (expected: one that can be sent to another process)".formatted(clock));
    }
  }

  @Override
  public OnlineStore open() {
    return RedisOnlineStore.connect(address, settings, clock);
  }
}
