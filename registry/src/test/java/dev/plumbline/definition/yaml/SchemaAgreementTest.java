package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.yaml.RandomDocument.Spot;
import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import dev.plumbline.yaml.schema.Judge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schema and the readers say the same of random documents, and of one slip in them. */
class SchemaAgreementTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Judge JUDGE = new Judge(DefinitionSchema.json());
  private static final int DOCUMENTS = Integer.getInteger("documents", 96);

  @Test
  void bothTakeWhatIsValid() throws Exception {
    Set<Key> seen = new HashSet<>();
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      RandomDocument document = document(seed, random(seed));
      String text = text(document);

      assertThat(JUDGE.complaints(text)).as("seed %d: %s", seed, text).isEmpty();
      assertThat(problems(text)).as("seed %d: %s", seed, text).isEmpty();
      seen.addAll(document.keys());
    }
    assertThat(everyKey()).filteredOn(key -> !seen.contains(key)).extracting(Key::name).isEmpty();
  }

  @Test
  void bothRefuseOneSlip() throws Exception {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      Random random = random(seed);
      RandomDocument document = document(seed, random);
      String slip = slip(document, random);
      String text = text(document);

      assertThat(JUDGE.complaints(text)).as("seed %d: %s: %s", seed, slip, text).isNotEmpty();
      assertThat(problems(text)).as("seed %d: %s: %s", seed, slip, text).isNotEmpty();
    }
  }

  /** The first bits of neighbouring seeds are alike unless these are spread. */
  private static Random random(int seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private static RandomDocument document(int seed, Random random) {
    return new RandomDocument(Kind.values()[seed % Kind.values().length], random);
  }

  /** Makes one mistake of shape, and says which. */
  private static String slip(RandomDocument document, Random random) {
    Spot spot = document.spots().get(random.nextInt(document.spots().size()));
    String name = spot.key().name();
    if (random.nextInt(4) == 0) {
      spot.mapping().put("zebra", 1);
      return "unknown key beside " + name;
    }
    if (random.nextInt(3) == 0 && spot.key().required()) {
      spot.mapping().remove(name);
      return "no " + name;
    }
    Object wrong = wrong(spot.key().form(), random);
    spot.mapping().put(name, wrong);
    return name + " is " + wrong;
  }

  private static Object wrong(Form form, Random random) {
    if (form instanceof Form.ListOf || form instanceof Form.MapOf || form instanceof Form.Mapping) {
      return any(random, "no list", 7, true);
    }
    if (form.equals(Form.TEXT) || form.equals(Form.LITERAL)) {
      return Map.of("a", "mapping");
    }
    return any(random, "Not so!", List.of("a", "list"), Map.of("a", "mapping"));
  }

  private static Object any(Random random, Object... values) {
    return values[random.nextInt(values.length)];
  }

  private static String text(RandomDocument document) throws JsonProcessingException {
    return MAPPER.writeValueAsString(document.content());
  }

  private static List<Problem> problems(String text) {
    InvalidDefinitionsException invalid =
        catchThrowableOfType(
            InvalidDefinitionsException.class,
            () ->
                new DefinitionLoader("random")
                    .load(
                        new TreeMap<>(
                            Map.of("world.yaml", RandomDocument.WORLD, "document.yaml", text))));
    return invalid == null ? List.of() : invalid.problems();
  }

  private static Set<Key> everyKey() {
    Set<Key> all = new HashSet<>();
    for (Kind kind : Kind.values()) {
      add(DefinitionSchema.keys(kind), all);
    }
    return all;
  }

  private static void add(Keys keys, Set<Key> all) {
    for (Key key : keys.keys()) {
      all.add(key);
      mappings(key.form()).forEach(inner -> add(inner, all));
    }
  }

  private static List<Keys> mappings(@Nullable Form form) {
    List<Keys> found = new ArrayList<>();
    if (form instanceof Form.Mapping mapping) {
      found.add(mapping.keys());
    } else if (form instanceof Form.ListOf list) {
      found.addAll(mappings(list.element()));
    } else if (form instanceof Form.Either either) {
      either.forms().forEach(each -> found.addAll(mappings(each)));
    }
    return found;
  }
}
