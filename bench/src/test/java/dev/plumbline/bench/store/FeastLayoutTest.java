package dev.plumbline.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes that Feast would write, by its sources and the wire format of protobuf. */
class FeastLayoutTest {
  @Test
  void aFieldIsTheHashOfItsNameInLittleEndian() {
    // a published vector of murmur3_x86_32 with seed 0: 0x248bfa47
    assertThat(hex(FeastLayout.field("hello"))).isEqualTo("47fa8b24");
  }

  @Test
  void aValueIsAMessageOfOneField() {
    assertThat(hex(FeastLayout.value(1.0))).isEqualTo("29" + "000000000000f03f");
    assertThat(hex(FeastLayout.value("abc"))).isEqualTo("12" + "03" + "616263");
  }

  @Test
  void aTimestampOfWholeSecondsHasNoNanos() {
    assertThat(hex(FeastLayout.timestamp(300_000_000L))).isEqualTo("08" + "ac02");
  }

  @Test
  void aKeyIsTheEntityKeyAndTheProject() {
    assertThat(hex(FeastLayout.key(258)))
        .isEqualTo(
            "01000000"
                + "02000000"
                + "04000000"
                + "75736572" // user
                + "04000000"
                + "08000000"
                + "0201000000000000"
                + "62656e6368"); // bench
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
