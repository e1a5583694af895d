package dev.plumbline.plan;

import static dev.plumbline.plan.ChangeClass.ADDITIVE;
import static dev.plumbline.plan.ChangeClass.BREAKING;
import static dev.plumbline.plan.ChangeClass.METADATA;
import static dev.plumbline.plan.ChangeClass.NEEDS_BACKFILL;
import static dev.plumbline.plan.ChangeClass.NEW_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.plan.RevisionMutations.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random changes of random places, each of a kind of which it is obvious what it is. */
class PlannerPropertyTest {
  private static final int ROUNDS = 200;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final RevisionMutations mutations = new RevisionMutations(random);

  @ParameterizedTest
  @EnumSource(RevisionMutations.Kind.class)
  void givesEveryMutationTheClassThatItObviouslyHas(RevisionMutations.Kind kind) {
    for (int round = 0; round < 20; round++) {
      Mutation mutation = mutations.of(kind);
      Revision before = mutations.base();

      Plan plan = plan(before, mutation.change().apply(before));

      assertThat(classes(plan))
          .as("%s, seed %d", mutation, seed)
          .isEqualTo(Map.of(mutation.subject(), obvious(kind)));
    }
  }

  @Test
  void findsWhateverChangedInWhateverOrderItChanged() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Mutation> some = mutations.some();
      Map<String, ChangeClass> expected =
          some.stream()
              .collect(Collectors.toMap(Mutation::subject, mutation -> obvious(mutation.kind())));
      List<Mutation> shuffled = new ArrayList<>(some);
      Collections.shuffle(shuffled, random);
      Revision before = mutations.base();

      Plan plan = plan(before, after(before, some));

      assertThat(classes(plan)).as("%s, seed %d", some, seed).isEqualTo(expected);
      assertThat(plan(before, after(before, shuffled))).as("seed %d", seed).isEqualTo(plan);
    }
  }

  @Test
  void findsNothingBetweenAnyRevisionAndItself() {
    for (int round = 0; round < ROUNDS; round++) {
      Revision revision = after(mutations.base(), mutations.some());

      assertThat(plan(revision, revision).changes()).as("seed %d", seed).isEmpty();
    }
  }

  /** The table of {@code docs/spec/changes.md}. */
  private static ChangeClass obvious(RevisionMutations.Kind kind) {
    return switch (kind) {
      case WORDS_OF_ENTITY,
          WORDS_OF_SOURCE,
          WORDS_OF_VIEW,
          WORDS_OF_SERVICE,
          WORDS_OF_DATASET,
          PLACE,
          EXPECTATION,
          RETIRE_UNREAD,
          RETIRE_SERVICE,
          REMOVE_RETIRED,
          REMOVE_DATASET ->
          METADATA;
      case NEW_ENTITY, NEW_SOURCE, NEW_SERVICE, NEW_DATASET, ADD_FEATURE, UNUSED_SOURCE -> ADDITIVE;
      case NEW_ON_DEMAND_VERSION, DEFAULT, ORDER, SPLIT -> NEW_VERSION;
      case NEW_VIEW, NEXT_VERSION -> NEEDS_BACKFILL;
      case MAX_AGE, EXPRESSION, ON_DEMAND_EXPRESSION, RETIRE_READ, DROP_FEATURE, REMOVE_SERVICE ->
          BREAKING;
    };
  }

  private static Revision after(Revision before, List<Mutation> mutations) {
    Revision after = before;
    for (Mutation mutation : mutations) {
      after = mutation.change().apply(after);
    }
    return after;
  }

  private static Plan plan(Revision before, Revision after) {
    return Planner.plan(Optional.of(before), after, Published.of(Optional.of(before)));
  }

  private static Map<String, ChangeClass> classes(Plan plan) {
    Map<String, ChangeClass> classes = new TreeMap<>();
    plan.changes().forEach(change -> classes.put(change.subject(), change.kind()));
    return classes;
  }
}
