package dev.plumbline.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer: features in the order of the service or of the list, each with one slot per row.
 *
 * @param views that were read
 * @param servedAt the instant that the answer is true of
 * @param registryRevision fingerprint of the registry revision that answered
 * @param now where the server's clock stands still; absent if it runs
 */
public record FeatureVectors(
    List<Feature> features,
    List<View> views,
    Instant servedAt,
    String registryRevision,
    String requestId,
    Optional<Instant> now) {
  /**
   * One feature of all rows.
   *
   * @param name {@code role:feature@version}
   * @param type as definitions write it
   * @param statuses one per row
   * @param values one per row; null unless PRESENT, or the service's default where MISSING or
   *     EXPIRED
   * @param view the entry of {@link FeatureVectors#views} that it was read from; absent for an
   *     on-demand feature
   */
  public record Feature(
      String name,
      String type,
      List<Status> statuses,
      List<@Nullable Object> values,
      Optional<Integer> view) {
    public Feature {
      statuses = List.copyOf(statuses);
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /**
   * One view as one role read it.
   *
   * @param publication that was read
   * @param entities one per row
   */
  public record View(
      String role, String name, int version, Publication publication, List<Entity> entities) {
    public View {
      entities = List.copyOf(entities);
    }
  }

  /**
   * A publication of a view.
   *
   * @param createdAt stamp of the run that wrote it
   * @param refresh that it stands for
   * @param publishedAt when its push ended
   */
  public record Publication(Instant createdAt, Instant refresh, Instant publishedAt) {}

  /**
   * The record of one row's entity.
   *
   * @param status of the record, before nulls within it
   * @param eventTime present where PRESENT or EXPIRED
   * @param age that max_age is held against; present where PRESENT or EXPIRED
   * @param inFlight whether a push that has not ended wrote it
   */
  public record Entity(
      Status status, Optional<Instant> eventTime, Optional<Duration> age, boolean inFlight) {}

  public FeatureVectors {
    features = List.copyOf(features);
    views = List.copyOf(views);
  }

  public int rows() {
    return features.isEmpty() ? 0 : features.get(0).statuses().size();
  }

  /**
   * The feature of this name.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Feature feature(String name) {
    List<String> names = features.stream().map(Feature::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "no feature '%s' in this answer (it has: %s)".formatted(name, String.join(", ", names)));
    }
    return features.get(at);
  }
}
