package dev.plumbline.discovery;

import dev.plumbline.definition.Source;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds things by words in whatever people wrote of them. */
public final class Search {
  private final Inventory inventory;

  public Search(Inventory inventory) {
    this.inventory = inventory;
  }

  /** Where a word can stand, the places that say most of a thing first. */
  public enum Place {
    NAME(100),
    TAG(60),
    OWNER(50),
    DESCRIPTION(40),
    COLUMN(25),
    EXPRESSION(20);

    private final int weight;

    Place(int weight) {
      this.weight = weight;
    }

    /** For people and programs. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A thing that has all the words.
   *
   * @param place where the first of them counts most
   * @param text that stands there
   * @param from where the word begins in it
   * @param length of the word
   * @param score greater is better; comparable within one search
   */
  public record Hit(Item item, Place place, String text, int from, int length, int score) {}

  /** What has all {@code words}, in any letter case, the best first. */
  public List<Hit> find(List<String> words) {
    return inventory.items().stream()
        .flatMap(item -> hit(item, words).stream())
        .sorted(
            Comparator.comparingInt(Hit::score)
                .reversed()
                .thenComparing(hit -> hit.item().kind())
                .thenComparing(hit -> hit.item().ref()))
        .toList();
  }

  private static Optional<Hit> hit(Item item, List<String> words) {
    List<Written> written = written(item);
    List<Hit> best = new ArrayList<>();
    for (String word : words) {
      Optional<Hit> found =
          written.stream()
              .flatMap(each -> each.find(item, word).stream())
              .max(Comparator.comparingInt(Hit::score));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      best.add(found.get());
    }
    int score = best.stream().mapToInt(Hit::score).sum();
    Hit first = best.get(0);
    return Optional.of(
        new Hit(item, first.place(), first.text(), first.from(), first.length(), score));
  }

  /** Something that is written of an item. */
  private record Written(Place place, String text) {
    /** Nearly everything of a place counts more than anything of the next one. */
    Optional<Hit> find(Item item, String word) {
      String wanted = word.toLowerCase(Locale.ROOT);
      String all = text.toLowerCase(Locale.ROOT);
      int from = all.indexOf(wanted);
      if (from < 0 || wanted.isEmpty()) {
        return Optional.empty();
      }
      int score = place.weight;
      score += from == 0 ? 4 : 0;
      score += isWord(all, from, from + wanted.length()) ? 4 : 0;
      score += all.length() == wanted.length() ? 8 : 0;
      return Optional.of(new Hit(item, place, text, from, word.length(), score));
    }

    private static boolean isWord(String text, int from, int to) {
      return (from == 0 || !isLetter(text.charAt(from - 1)))
          && (to == text.length() || !isLetter(text.charAt(to)));
    }

    /** Names are words with underscores between them. */
    private static boolean isLetter(char each) {
      return Character.isLetterOrDigit(each);
    }
  }

  private static List<Written> written(Item item) {
    List<Written> written = new ArrayList<>();
    written.add(new Written(Place.NAME, name(item)));
    item.about().tags().forEach(tag -> written.add(new Written(Place.TAG, tag)));
    item.about().owner().ifPresent(text -> written.add(new Written(Place.OWNER, text)));
    item.about().description().ifPresent(text -> written.add(new Written(Place.DESCRIPTION, text)));
    columns(item).forEach(text -> written.add(new Written(Place.COLUMN, text)));
    expressions(item).forEach(text -> written.add(new Written(Place.EXPRESSION, text)));
    return written;
  }

  /** The own name of a feature: that of its entity or view is found where it stands. */
  private static String name(Item item) {
    if (item instanceof Item.OfFeature feature) {
      return feature.feature().name();
    }
    if (item instanceof Item.OfOnDemandFeature feature) {
      return feature.feature().name();
    }
    return item.view().map(view -> view.name()).orElse(item.ref());
  }

  private static Stream<String> columns(Item item) {
    if (item instanceof Item.OfEntity entity) {
      return names(entity.entity().keys());
    }
    if (item instanceof Item.OfSource source) {
      return names(source.source().fields());
    }
    if (item instanceof Item.OfView view) {
      return view.definition().keys().values().stream();
    }
    if (item instanceof Item.OfOnDemandView view) {
      return names(view.definition().request());
    }
    return item instanceof Item.OfDataset dataset
        ? dataset.dataset().labels().columns().stream()
        : Stream.of();
  }

  private static Stream<String> names(List<Field> fields) {
    return fields.stream().map(Field::name);
  }

  private static Stream<String> expressions(Item item) {
    if (item instanceof Item.OfSource source) {
      Source of = source.source();
      return Stream.concat(
          of.query().stream(), of.columns().stream().flatMap(column -> column.expr().stream()));
    }
    if (item instanceof Item.OfFeature feature) {
      return Stream.of(feature.feature().expr());
    }
    return item instanceof Item.OfOnDemandFeature feature
        ? Stream.of(feature.feature().expr())
        : Stream.of();
  }

  /** The words in the order in which they were given, for messages. */
  public static String joined(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" and "));
  }
}
