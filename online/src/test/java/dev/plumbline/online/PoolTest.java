package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoolTest {
  private static final int MIB = 1 << 20;

  private final Pool<byte[]> pool = new Pool<>(() -> new byte[0], bytes -> bytes.length);

  @Test
  void whatWasUsedLastIsUsedFirst() {
    byte[] first = new byte[1];
    byte[] last = new byte[2];
    pool.giveBack(first);
    pool.giveBack(last);

    assertThat(pool.take()).isSameAs(last);
    assertThat(pool.take()).isSameAs(first);
    assertThat(pool.take()).isEmpty();
  }

  @Test
  void whatIsLargeIsNotKept() {
    pool.giveBack(new byte[MIB + 1]);

    assertThat(pool.take()).isEmpty();
  }

  @Test
  void noMoreIsKeptThan32MebibytesTogether() {
    byte[] large = new byte[MIB];
    for (int i = 0; i < 100; i++) {
      pool.giveBack(large);
    }
    for (int i = 0; i < 32; i++) {
      assertThat(pool.take()).isSameAs(large);
    }
    assertThat(pool.take()).isEmpty();

    pool.giveBack(large);

    assertThat(pool.take()).isSameAs(large);
  }
}
