package dev.plumbline.bench.store;

import com.google.protobuf.CodedOutputStream;
import dev.plumbline.store.OnlineView;
import dev.plumbline.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * Feast's: one hash for each entity, all its views within. A field is the murmur3 hash (32 bits,
 * seed 0, little-endian) of {@code view:feature}, its value a {@code feast.types.Value}; one more
 * field for each view, {@code _ts:view}, holds a {@code google.protobuf.Timestamp} of whole
 * seconds. The key is Feast's entity key in its third form, since the second is deprecated, and the
 * project.
 *
 * <p>Source: {@code sdk/python/feast/infra/online_stores/redis.py}, {@code helpers.py} there, and
 * {@code infra/key_encoding_utils.py}; field numbers from {@code protos/feast/types/Value.proto}.
 */
record FeastLayout(PlainRedis redis) implements Layout {
  static final String NAME = "hash-per-entity";

  /** Numbers of {@code feast.types.ValueType.Enum}. */
  private static final int STRING_TYPE = 2;

  private static final int INT64_TYPE = 4;

  /** Numbers of fields in {@code feast.types.Value}. */
  private static final int STRING_VAL = 2;

  private static final int DOUBLE_VAL = 5;

  /** Number of the field in {@code google.protobuf.Timestamp}. */
  private static final int SECONDS = 1;

  /** Writes one field of a message. */
  private interface Message {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void write(EntityShape shape, List<Long> entities) {
    for (OnlineView view : shape.views()) {
      for (long entity : entities) {
        redis.setFields(key(entity), fields(view, entity));
      }
    }
  }

  static byte[] key(long entity) {
    byte[] name = PlainRedis.bytes(EntityShape.ENTITY);
    byte[] project = PlainRedis.bytes(EntityShape.PROJECT);
    return ByteBuffer.allocate(5 * Integer.BYTES + Long.BYTES + name.length + project.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1) // how many join keys
        .putInt(STRING_TYPE)
        .putInt(name.length)
        .put(name)
        .putInt(INT64_TYPE)
        .putInt(Long.BYTES)
        .putLong(entity)
        .put(project)
        .array();
  }

  private static List<Entry> fields(OnlineView view, long entity) {
    String name = "view_" + view.shortId();
    List<@Nullable Object> values = EntityShape.values(view, entity);
    List<Entry> fields = new ArrayList<>();
    fields.add(new Entry(PlainRedis.bytes("_ts:" + name), timestamp(TIME.eventTime())));
    for (int i = 0; i < values.size(); i++) {
      Field feature = view.features().get(i);
      fields.add(new Entry(field(name + ":" + feature.name()), value(values.get(i))));
    }
    return fields;
  }

  static byte[] field(String name) {
    byte[] bytes = PlainRedis.bytes(name);
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MurmurHash3.hash32x86(bytes, 0, bytes.length, 0))
        .array();
  }

  static byte[] value(@Nullable Object value) {
    if (value instanceof Double number) {
      return message(out -> out.writeDouble(DOUBLE_VAL, number));
    }
    return message(out -> out.writeString(STRING_VAL, (String) value));
  }

  static byte[] timestamp(long micros) {
    return message(out -> out.writeInt64(SECONDS, TimeUnit.MICROSECONDS.toSeconds(micros)));
  }

  private static byte[] message(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
