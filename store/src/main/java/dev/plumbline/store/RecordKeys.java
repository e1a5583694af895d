package dev.plumbline.store;

import dev.plumbline.type.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys under which one view lies in the store. A record's is {@code <project>:{<entity>:<key
 * bytes>}:<short id>}, so all records of an entity share a slot of a cluster; in the key bytes
 * {@code |} and {@code }} are stuffed, so the first closing brace ends the tag. Docs: {@code
 * docs/spec/online-record.md}.
 */
final class RecordKeys {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final byte ESCAPE = '|';
  private static final byte END = '}';
  private static final int STUFFING = 0x20;

  private final byte[] prefix;
  private final byte[] suffix;
  private final byte[] marker;

  RecordKeys(OnlineView view) {
    String project = name("project", view.project());
    prefix = bytes(project + ":{" + name("entity", view.entity()) + ":");
    suffix = bytes("}:" + view.shortId());
    marker = bytes(project + ":marker:" + view.shortId());
  }

  /** The key of this project's registry revision. */
  static byte[] revision(String project) {
    return bytes(name("project", project) + ":revision");
  }

  /** The key of the view's marker in a Redis that is no cluster. */
  byte[] marker() {
    return marker.clone();
  }

  /** The key of the view's marker on a master, which {@link ClusterLayout.Master} completes. */
  byte[] marker(String place) {
    return bytes(new String(marker, StandardCharsets.UTF_8) + place);
  }

  /** The key of an entity's record. */
  byte[] of(Bytes entityKey) {
    byte[] content = entityKey.toByteArray();
    ByteRuns key = ByteRuns.forOne(prefix.length + content.length + suffix.length + 4);
    begin(key);
    for (byte b : content) {
      stuff(b, key);
    }
    end(key);
    key.close();
    return key.copy(0);
  }

  /** What comes before the stuffed entity key. */
  void begin(ByteRuns key) {
    key.append(prefix, 0, prefix.length);
  }

  static void stuff(int b, ByteRuns key) {
    if (isEscapable((byte) b)) {
      key.append(ESCAPE);
      key.append(b ^ STUFFING);
    } else {
      key.append(b);
    }
  }

  /** What comes after it. */
  void end(ByteRuns key) {
    key.append(suffix, 0, suffix.length);
  }

  /** The entity key in a record's key; empty if it is not one of this view. */
  Optional<Bytes> entityKey(byte[] key) {
    int end = key.length - suffix.length;
    if (end < prefix.length
        || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
        || !Arrays.equals(key, end, key.length, suffix, 0, suffix.length)) {
      return Optional.empty();
    }
    return unstuffed(Arrays.copyOfRange(key, prefix.length, end));
  }

  /** A glob that every record's key of this view matches, and hardly another. */
  byte[] pattern() {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    pattern.writeBytes(prefix);
    pattern.write('*');
    pattern.writeBytes(suffix);
    return pattern.toByteArray();
  }

  /** A glob that every marker's key of this view matches, and some of other views. */
  byte[] markerPattern() {
    return bytes(new String(marker, StandardCharsets.UTF_8) + "*");
  }

  /** Whether it is the key of a marker of this view, on whichever master. */
  boolean isMarker(byte[] key) {
    return key.length >= marker.length
        && Arrays.equals(key, 0, marker.length, marker, 0, marker.length)
        && (key.length == marker.length || key[marker.length] == ':');
  }

  /** The content that {@link #of} stuffed; empty if it would never have become this. */
  private static Optional<Bytes> unstuffed(byte[] stuffed) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(stuffed.length);
    boolean escaped = false;
    for (byte b : stuffed) {
      int original = escaped ? b ^ STUFFING : b;
      if (escaped != isEscapable(original)) {
        if (escaped || b != ESCAPE) {
          return Optional.empty();
        }
        escaped = true;
      } else {
        content.write(original);
        escaped = false;
      }
    }
    if (escaped) {
      return Optional.empty();
    }
    return Optional.of(Bytes.owning(content.toByteArray()));
  }

  private static boolean isEscapable(int b) {
    return b == ESCAPE || b == END;
  }

  private static String name(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' (expected: letters, digits, '_', '-' and '.', so that it can be part of a key)"
              .formatted(what, name));
    }
    return name;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
