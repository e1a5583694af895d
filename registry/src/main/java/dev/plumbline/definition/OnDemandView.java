package dev.plumbline.definition;

import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL expressions over other features and values sent with the request.
 *
 * @param roles from the roles that the inputs use to their entities
 * @param inputs in the order in which expressions see them, each under the name {@code
 *     role.feature}
 * @param request values sent by the caller, or label columns of the same name in training;
 *     expressions see them after the inputs, under their own names
 * @param onMissing what becomes of an expression whose inputs are MISSING or EXPIRED
 */
public record OnDemandView(
    ViewId id,
    Map<String, String> roles,
    List<FeatureRef> inputs,
    List<Field> request,
    OnMissing onMissing,
    About about,
    List<Feature> features,
    Lifecycle lifecycle) {
  /** What becomes of an expression whose inputs are MISSING or EXPIRED. */
  public enum OnMissing {
    /** The result has the status of its worst input: INVALID, else EXPIRED, else MISSING. */
    PROPAGATE,
    /** They are null to the expression. */
    NULL
  }

  /** One expression; its type is resolved from it. */
  public record Feature(String name, String expr, DataType type, About about) {
    public Field field() {
      return new Field(name, type);
    }
  }

  /** A view in use of which nothing is said. */
  public OnDemandView(
      ViewId id,
      Map<String, String> roles,
      List<FeatureRef> inputs,
      List<Field> request,
      OnMissing onMissing,
      List<Feature> features) {
    this(id, roles, inputs, request, onMissing, About.NOTHING, features, Lifecycle.ACTIVE);
  }

  public OnDemandView {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    inputs = List.copyOf(inputs);
    request = List.copyOf(request);
    features = List.copyOf(features);
  }
}
