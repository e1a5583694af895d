package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.Reading.Found.Unreadable;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {
  private static final byte[] KEY = "flights:{airport:SFO}:1".getBytes(StandardCharsets.UTF_8);
  private static final RowTime TIME = new RowTime(1, 2, 3);
  private static final int SEEDS = 300;

  /** Computed by hand and by another program, as the specification shows it. */
  private static final String GOLDEN =
      """
      81 8000000000000001 8000000000000002 80000000000003
      0200
      01 00000000 00000003 3fe0000000000000 0000000d ffffffff 0020106c89412000
      ffffffffffffff6a fffffffffffffffffffffffffffffffe 00000001
      53464f
      00000002 02 3f800000 00000000
      09
      0e2ab3e4
      """;

  private static final String WITHOUT_NULL =
      "01 8000000000000001 8000000000000002 80000000000003 00000007 8b7344f3";

  private static final String TOMBSTONE =
      "41 8000000000000001 8000000000000002 80000000000003 f3a4fd85";

  @ParameterizedTest
  @CsvSource({
    "                   0, 8000000000000000, 1970-01-01T00:00:00Z",
    "                  -1, 7fffffffffffffff, 1969-12-31T23:59:59.999999Z",
    "     -14182940000000, 7ffff319c6e64100, 1969-07-20T20:17:40Z",
    "     991396800000000, 800385ab8e187000, 2001-06-01T12:00:00Z",
    "    9025257600000000, 8020106c89412000, 2256-01-01T00:00:00Z",
    "-9223372036854775808, 0000000000000000, the first of all",
    " 9223372036854775807, ffffffffffffffff, the last of all",
  })
  void writesTimesSoThatTheirBytesAreInTheirOrder(long micros, String golden, String instant) {
    FeatureRow row = new FeatureRow(new RowTime(micros, micros, 0), List.of());

    byte[] record = codec().encode(KEY, row);

    assertThat(hex(record, 1, 17)).as(instant).isEqualTo(golden.repeat(2));
    assertThat(codec().decode(KEY, record)).isEqualTo(new Present(row));
  }

  @ParameterizedTest
  @CsvSource({
    "                 0, 80000000000000, 1970-01-01T00:00:00Z",
    "                -1, 7fffffffffffff, 1969-12-31T23:59:59.999999Z",
    "   -14182940000000, 7ff319c6e64100, 1969-07-20T20:17:40Z",
    "   991396800000000, 8385ab8e187000, 2001-06-01T12:00:00Z",
    "  9025257600000000, a0106c89412000, 2256-01-01T00:00:00Z",
    "-36028797018963968, 00000000000000, 0828-04-17T00:49:41.036032Z",
    " 36028797018963967, ffffffffffffff, 3111-09-16T23:10:18.963967Z",
  })
  void writesStampsOfRunsInSevenBytes(long micros, String golden, Instant instant) {
    FeatureRow row = new FeatureRow(new RowTime(-1, -1, micros), List.of());

    byte[] record = codec().encode(KEY, row);

    assertThat(Micros.instant(micros)).isEqualTo(instant);
    assertThat(hex(record, 17, 24)).isEqualTo(golden);
    assertThat(codec().decode(KEY, record)).isEqualTo(new Present(row));
  }

  @ParameterizedTest
  @ValueSource(longs = {-36028797018963969L, 36028797018963968L, Long.MIN_VALUE, Long.MAX_VALUE})
  void refusesStampsThatDoNotFit(long micros) {
    FeatureRow row = FeatureRow.tombstone(new RowTime(1, 1, micros));

    assertThatThrownBy(() -> codec().encode(KEY, row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "created_at %d microseconds (expected: from -36028797018963968, 0828-04-17T00:49:41.036032Z, to 36028797018963967, 3111-09-16T23:10:18.963967Z)"
                .formatted(micros));
  }

  @Test
  void writesTheseVeryBytes() {
    RecordCodec codec =
        codec(
            Primitive.BOOLEAN,
            Primitive.INT,
            Primitive.STRING,
            Primitive.DOUBLE,
            new ArrayOf(Primitive.FLOAT),
            Primitive.DATE,
            Primitive.TIMESTAMP,
            new Decimal(5, 2),
            new Decimal(38, 0),
            Primitive.BINARY);
    FeatureRow row =
        new FeatureRow(
            TIME,
            Arrays.asList(
                true,
                null,
                "SFO",
                0.5,
                Arrays.asList(1f, null),
                LocalDate.of(1969, 12, 31),
                Instant.parse("2256-01-01T00:00:00Z"),
                new BigDecimal("-1.50"),
                new BigDecimal("-2"),
                Bytes.owning(new byte[] {9})));

    byte[] record = codec.encode(KEY, row);

    assertThat(hex(record, 0, record.length)).isEqualTo(GOLDEN.replaceAll("\\s", ""));
    assertThat(codec.decode(KEY, record)).isEqualTo(new Present(row));
  }

  @Test
  void writesNoBitmapWhereNothingIsNull() {
    FeatureRow row = new FeatureRow(TIME, List.of(7));

    byte[] record = codec(Primitive.INT).encode(KEY, row);

    assertThat(hex(record, 0, record.length)).isEqualTo(WITHOUT_NULL.replaceAll("\\s", ""));
    assertThat(codec(Primitive.INT).decode(KEY, record)).isEqualTo(new Present(row));
  }

  @Test
  void takesTwentyEightBytesAndTheSlotsForARowWithoutNulls() {
    DataType[] doubles = Collections.nCopies(10, Primitive.DOUBLE).toArray(DataType[]::new);

    byte[] record = codec(doubles).encode(KEY, new FeatureRow(TIME, Collections.nCopies(10, 0.5)));

    assertThat(record).hasSize(108);
  }

  @Test
  void writesATombstoneWithoutColumns() {
    byte[] record = codec(Primitive.INT).encode(KEY, FeatureRow.tombstone(TIME));

    assertThat(hex(record, 0, record.length)).isEqualTo(TOMBSTONE.replaceAll("\\s", ""));
    assertThat(codec(Primitive.INT).decode(KEY, record))
        .isEqualTo(new Present(FeatureRow.tombstone(TIME)));
  }

  @Test
  void readsBackEveryRowOfEveryType() {
    for (long seed = 0; seed < SEEDS; seed++) {
      TypedValues random = new TypedValues(seed);
      List<Field> fields = random.fields(1 + (int) seed / 10);
      RecordCodec codec = new RecordCodec(view(fields));
      RowTime time = new RowTime(random.aLong(), random.aLong(), random.aStamp());
      List<FeatureRow> rows =
          List.of(
              new FeatureRow(time, random.row(fields)),
              new FeatureRow(time, random.rowWithoutNulls(fields)));

      for (FeatureRow row : rows) {
        Reading.Found found = codec.decode(KEY, codec.encode(KEY, row));

        assertThat(found).as("seed %d, %s", seed, fields).isEqualTo(new Present(row));
      }
    }
  }

  @Test
  void noticesEveryFlippedBitAndEveryMissingByte() {
    for (long seed = 0; seed < 20; seed++) {
      TypedValues random = new TypedValues(seed);
      List<Field> fields = random.fields(8);
      RecordCodec codec = new RecordCodec(view(fields));
      byte[] record = codec.encode(KEY, new FeatureRow(TIME, random.row(fields)));

      for (int bit = 0; bit < record.length * 8; bit++) {
        byte[] flipped = record.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(codec.decode(KEY, flipped))
            .as("seed %d, bit %d", seed, bit)
            .isInstanceOf(Unreadable.class);
      }
      for (int length = 0; length < record.length; length++) {
        assertThat(codec.decode(KEY, Arrays.copyOf(record, length)))
            .as("seed %d, length %d", seed, length)
            .isInstanceOf(Unreadable.class);
      }
    }
  }

  @Test
  void callsBytesOfNobodyUnreadableEvenUnderAValidChecksum() {
    for (long seed = 0; seed < 2_000; seed++) {
      TypedValues random = new TypedValues(seed);
      List<Field> fields = random.fields(6);
      RecordCodec codec = new RecordCodec(view(fields));
      byte[] record = codec.encode(KEY, new FeatureRow(TIME, random.row(fields)));
      byte[] noise = random.bytes(record.length);
      int from = Math.min(24 + (int) seed % 20, record.length - 4);
      System.arraycopy(noise, from, record, from, record.length - 4 - from);
      record[0] = (byte) (Envelope.FORMAT | (noise[0] & ~Envelope.FORMAT_BITS));

      Reading.Found found = codec.decode(KEY, withChecksum(fields, record));

      assertThat(found).as("seed %d", seed).isInstanceOfAny(Unreadable.class, Present.class);
    }
  }

  @Test
  void saysWhatIsWrong() {
    RecordCodec codec = codec(Primitive.INT);
    byte[] record = codec.encode(KEY, new FeatureRow(TIME, List.of(7)));
    byte[] format = record.clone();
    format[0] = 2;
    List<Field> fields = List.of(new Field("f0", Primitive.INT));
    byte[] tombstone = record.clone();
    tombstone[0] = 0x41;

    assertThat(reason(codec, KEY, format)).isEqualTo("format 2 (expected: 1)");
    assertThat(reason(codec, KEY, Arrays.copyOf(record, 3)))
        .isEqualTo("3 bytes (expected: at least 5)");
    assertThat(reason(codec, "x".getBytes(StandardCharsets.UTF_8), record))
        .matches(
            "checksum \\w{8} \\(expected: \\w{8}, of this key, the features \\[f0 int\\] and these bytes\\)");
    assertThat(reason(codec(Primitive.BIGINT), KEY, record))
        .matches(
            "checksum 8b7344f3 \\(expected: \\w{8}, of this key, the features \\[f0 bigint\\] and these bytes\\)");
    assertThat(reason(codec, KEY, withChecksum(fields, new byte[] {1, 0, 0, 0, 0, 0, 0})))
        .isEqualTo("it ends too early");
    assertThat(reason(codec, KEY, withChecksum(fields, tombstone)))
        .isEqualTo("a tombstone of flags 40 before 4 bytes (expected: flags 40 before none)");
  }

  @Test
  void tellsFeatureListsApart() {
    byte[] record = codec(Primitive.INT).encode(KEY, new FeatureRow(TIME, List.of(7)));
    RecordCodec renamed = new RecordCodec(view(List.of(new Field("other", Primitive.INT))));

    assertThat(renamed.decode(KEY, record)).isInstanceOf(Unreadable.class);
  }

  @Test
  void refusesValuesThatAreNotTheViews() {
    assertThatThrownBy(() -> codec(Primitive.INT).encode(KEY, new FeatureRow(TIME, List.of())))
        .hasMessage("0 values (expected: 1, one for each of [f0 int])");
    assertThatThrownBy(
            () ->
                codec(new Decimal(3, 1))
                    .encode(KEY, new FeatureRow(TIME, List.of(new BigDecimal("1.25")))))
        .hasMessage("1.25 is not a canonical value of type decimal(3,1)");
    assertThatThrownBy(
            () -> codec(Primitive.INT).encode(KEY, new FeatureRow(TIME, List.of("seven"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'f0': seven (String) is not a value of type int");
  }

  @Test
  void holdsAnArrayOfNullsAlone() {
    RecordCodec codec = codec(new ArrayOf(Primitive.STRING));
    FeatureRow row = new FeatureRow(TIME, List.of(Collections.nCopies(9, null)));

    assertThat(codec.decode(KEY, codec.encode(KEY, row))).isEqualTo(new Present(row));
  }

  private static String reason(RecordCodec codec, byte[] key, byte[] value) {
    return ((Unreadable) codec.decode(key, value)).reason();
  }

  private static byte[] withChecksum(List<Field> features, byte[] record) {
    int flags = record[0] & ~Envelope.FORMAT_BITS;
    ByteBuffer body = ByteBuffer.wrap(record, 1, record.length - 5);
    return Envelope.ofRecords(features).seal(KEY, flags, body);
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }

  private static RecordCodec codec(DataType... types) {
    List<Field> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(new Field("f" + fields.size(), type));
    }
    return new RecordCodec(view(fields));
  }

  private static OnlineView view(List<Field> features) {
    return new OnlineView(
        "flights", 1, "airport", List.of(Primitive.STRING), features, Optional.empty());
  }
}
