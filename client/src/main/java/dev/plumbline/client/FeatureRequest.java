package dev.plumbline.client;

import dev.plumbline.serving.v1.FeatureList;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.wire.ColumnWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a server: a service, or pinned references, for rows of entity keys. Immutable; each
 * method gives another request.
 *
 * <p>Values have the Java form of their type: boolean {@code Boolean}, int {@code Integer}, bigint
 * {@code Long}, float {@code Float}, double {@code Double}, decimal {@code BigDecimal}, string
 * {@code String}, binary {@code byte[]}, date {@code LocalDate}, timestamp {@code Instant}, array
 * {@code List}. The server does not convert between types.
 */
public final class FeatureRequest {
  private final GetFeaturesRequest message;

  private FeatureRequest(GetFeaturesRequest message) {
    this.message = message;
  }

  /** The features of a service. */
  public static FeatureRequest service(String name) {
    return new FeatureRequest(GetFeaturesRequest.newBuilder().setFeatureService(name).build());
  }

  /** Pinned references, such as {@code airport:flights_1d@1}. */
  public static FeatureRequest references(List<String> references) {
    FeatureList list = FeatureList.newBuilder().addAllReferences(references).build();
    return new FeatureRequest(GetFeaturesRequest.newBuilder().setFeatures(list).build());
  }

  /** Entities of one key, one per row. A null is an entity that is not known. */
  public FeatureRequest entities(String role, String key, List<? extends @Nullable Object> values) {
    return entities(role, Map.of(key, values));
  }

  /**
   * Entities by all their keys.
   *
   * @param keys from each key of the entity to its values, one per row
   * @throws IllegalArgumentException if a value is of no type that exists, or not of its column's
   */
  public FeatureRequest entities(
      String role, Map<String, ? extends List<? extends @Nullable Object>> keys) {
    RoleKeys.Builder entities = RoleKeys.newBuilder().setRole(role);
    keys.forEach((key, values) -> entities.addKeys(column(key, values)));
    return new FeatureRequest(message.toBuilder().addEntities(entities).build());
  }

  /**
   * Values that on-demand features need, one per row.
   *
   * @throws IllegalArgumentException if a value is of no type that exists, or not of its column's
   */
  public FeatureRequest requestValues(String name, List<? extends @Nullable Object> values) {
    return new FeatureRequest(message.toBuilder().addRequestValues(column(name, values)).build());
  }

  /** A value that on-demand features need, the same for all rows. */
  public FeatureRequest requestValue(String name, @Nullable Object value) {
    return requestValues(name, Collections.singletonList(value));
  }

  /** What is older is EXPIRED, where the view itself is not stricter. */
  public FeatureRequest maxAge(Duration maxAge) {
    long micros = TimeUnit.MICROSECONDS.convert(maxAge);
    return new FeatureRequest(message.toBuilder().setMaxAgeMicros(micros).build());
  }

  /** By what the call is found in the server's log; at most 128 bytes. */
  public FeatureRequest requestId(String requestId) {
    return new FeatureRequest(message.toBuilder().setRequestId(requestId).build());
  }

  /**
   * To be answered by this registry revision, as answers name it, and by no other: the server has
   * the published one and the last one before it.
   */
  public FeatureRequest registryRevision(String fingerprint) {
    return new FeatureRequest(message.toBuilder().setRegistryRevision(fingerprint).build());
  }

  /**
   * To be answered without names of features, roles and views, which then are empty: the features
   * are those of the service or the list, in that order. For small replies.
   */
  public FeatureRequest withoutNames() {
    return new FeatureRequest(message.toBuilder().setOmitNames(true).build());
  }

  /** The same in the wire contract, for whoever sends it over a channel of his own. */
  public GetFeaturesRequest message() {
    return message;
  }

  private static NamedColumn column(String name, List<? extends @Nullable Object> values) {
    return NamedColumn.newBuilder().setName(name).setColumn(ColumnWriter.column(values)).build();
  }
}
