package dev.plumbline.client;

import dev.plumbline.serving.v1.DescribeFeatureServiceResponse;
import dev.plumbline.serving.v1.FieldSchema;
import dev.plumbline.serving.v1.RoleSchema;
import java.util.List;

/**
 * What a service, or a list of references, takes and answers.
 *
 * @param name of the service; empty for a list of references
 * @param registryRevision fingerprint of the registry revision that answered
 * @param roles whose keys it needs
 * @param requestValues that it needs
 * @param features that it answers, in that order
 */
public record ServiceDescription(
    String name,
    String registryRevision,
    List<Role> roles,
    List<Field> requestValues,
    List<Field> features) {
  /** A part that an entity plays. */
  public record Role(String name, String entity, List<Field> keys) {
    public Role {
      keys = List.copyOf(keys);
    }
  }

  /** A named slot, with its type as definitions write it. */
  public record Field(String name, String type) {
    /**
     * The value that a person wrote, in the Java form of this field's type.
     *
     * @throws IllegalArgumentException if it is not one of that type
     */
    public Object parse(String text) {
      return ValueText.parse(this, text);
    }
  }

  public ServiceDescription {
    roles = List.copyOf(roles);
    requestValues = List.copyOf(requestValues);
    features = List.copyOf(features);
  }

  static ServiceDescription of(DescribeFeatureServiceResponse reply) {
    return new ServiceDescription(
        reply.getFeatureService(),
        reply.getRegistryRevision(),
        reply.getRolesList().stream().map(ServiceDescription::role).toList(),
        fields(reply.getRequestValuesList()),
        fields(reply.getFeaturesList()));
  }

  private static Role role(RoleSchema role) {
    return new Role(role.getRole(), role.getEntity(), fields(role.getKeysList()));
  }

  private static List<Field> fields(List<FieldSchema> fields) {
    return fields.stream().map(field -> new Field(field.getName(), field.getType())).toList();
  }
}
