package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
  private static final RecordKeys KEYS = keys("flights", "airport", 12);

  @Test
  void writesTheseVeryKeys() {
    Bytes code = ValueBytes.of(List.of(Primitive.STRING), List.of("S}|"));

    assertThat(text(KEYS.of(code)))
        .isEqualTo("flights:{airport:\u0006\u0000\u0000\u0000\u0003S|]|\\}:12");
    assertThat(text(KEYS.marker())).isEqualTo("flights:marker:12");
    assertThat(text(RecordKeys.revision("flights"))).isEqualTo("flights:revision");
  }

  @Test
  void tellsCompositeKeysApart() {
    List<DataType> types = List.of(Primitive.INT, Primitive.INT);
    List<DataType> texts = List.of(Primitive.STRING, Primitive.STRING);

    assertThat(KEYS.of(ValueBytes.of(types, List.of(1, 23))))
        .isNotEqualTo(KEYS.of(ValueBytes.of(types, List.of(12, 3))));
    assertThat(KEYS.of(ValueBytes.of(texts, List.of("1", "23"))))
        .isNotEqualTo(KEYS.of(ValueBytes.of(texts, List.of("12", "3"))));
  }

  @Test
  void givesTheEntityKeyBackWhateverItHolds() {
    for (long seed = 0; seed < 2_000; seed++) {
      Bytes entityKey = awkward(new Random(seed));

      Optional<Bytes> back = KEYS.entityKey(KEYS.of(entityKey));

      assertThat(back).as("seed %d", seed).contains(entityKey);
    }
  }

  @Test
  void endsTheHashTagAfterTheWholeEntityKey() {
    for (long seed = 0; seed < 2_000; seed++) {
      byte[] key = KEYS.of(awkward(new Random(seed)));

      assertThat(text(key).indexOf('{')).isEqualTo("flights:".length());
      assertThat(text(key).indexOf('}'))
          .as("seed %d", seed)
          .isEqualTo(key.length - "}:12".length());
    }
  }

  @Test
  void givesDifferentKeysToDifferentProjectsEntitiesViewsAndEntityKeys() {
    Set<String> seen = new HashSet<>();
    Set<Bytes> entityKeys = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      entityKeys.add(awkward(new Random(seed)));
    }
    int count = 0;
    for (String project : List.of("a", "aa", "a.a", "b")) {
      for (String entity : List.of("a", "aa", "b")) {
        for (int id : new int[] {1, 2, 11, 21}) {
          for (Bytes entityKey : entityKeys) {
            seen.add(text(keys(project, entity, id).of(entityKey)));
            count++;
          }
        }
      }
    }

    assertThat(seen).hasSize(count);
  }

  @Test
  void knowsOnlyItsOwnKeys() {
    Bytes entityKey = Bytes.owning(new byte[] {6});

    assertThat(KEYS.entityKey(keys("flights", "airport", 2).of(entityKey))).isEmpty();
    assertThat(KEYS.entityKey(keys("flights", "airports", 12).of(entityKey))).isEmpty();
    assertThat(KEYS.entityKey(keys("flights2", "airport", 12).of(entityKey))).isEmpty();
    assertThat(KEYS.entityKey(KEYS.marker())).isEmpty();
    assertThat(KEYS.entityKey(RecordKeys.revision("flights"))).isEmpty();
    assertThat(KEYS.entityKey(bytes("flights:{airport:}:}:12"))).isEmpty();
    assertThat(KEYS.entityKey(bytes("flights:{airport:|}:12"))).isEmpty();
    assertThat(KEYS.entityKey(bytes("flights:{airport:|x}:12"))).isEmpty();
  }

  @Test
  void refusesNamesThatCannotBePartOfAKey() {
    for (String name : List.of("", "a:b", "{a}", "a*", "ü", "-a", "a b")) {
      assertThatThrownBy(() -> keys(name, "airport", 1))
          .hasMessage(
              "project '%s' (expected: letters, digits, '_', '-' and '.', so that it can be part of a key)",
              name);
      assertThatThrownBy(() -> keys("flights", name, 1)).hasMessageStartingWith("entity '");
    }
  }

  /** Short, and mostly of the bytes that mean something in a key. */
  private static Bytes awkward(Random random) {
    byte[] alphabet = bytes("}{|:]\\1*\u0000");
    byte[] content = new byte[random.nextInt(7)];
    for (int i = 0; i < content.length; i++) {
      content[i] =
          random.nextInt(5) == 0
              ? (byte) random.nextInt()
              : alphabet[random.nextInt(alphabet.length)];
    }
    return Bytes.owning(content);
  }

  private static RecordKeys keys(String project, String entity, int shortId) {
    return new RecordKeys(
        new OnlineView(
            project, shortId, entity, List.of(Primitive.STRING), List.of(), Optional.empty()));
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }
}
