package dev.plumbline.timeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexSetTest {
  @Test
  void knowsItsLeastItsGreatestAndTheNeighboursOfAnyIndex() {
    for (int limit : new int[] {1, 63, 64, 65, 4_096, 4_097, 300_000}) {
      Random random = new Random(limit);
      IndexSet set = new IndexSet(limit);
      TreeSet<Integer> expected = new TreeSet<>();
      for (int step = 0; step < 5_000; step++) {
        int index = random.nextInt(limit);
        if (random.nextInt(3) > 0) {
          set.add(index);
          expected.add(index);
        } else {
          set.remove(index);
          expected.remove(index);
        }
        int asked = random.nextInt(limit);
        String at = "limit %d, step %d".formatted(limit, step);
        assertThat(set.isEmpty()).as(at).isEqualTo(expected.isEmpty());
        if (!expected.isEmpty()) {
          assertThat(set.first()).as(at).isEqualTo(expected.first());
          assertThat(set.last()).as(at).isEqualTo(expected.last());
        }
        if (expected.lower(asked) != null) {
          assertThat(set.before(asked)).as(at).isEqualTo(expected.lower(asked));
        }
        if (expected.higher(asked) != null) {
          assertThat(set.after(asked)).as(at).isEqualTo(expected.higher(asked));
        }
      }
    }
  }
}
