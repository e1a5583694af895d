package dev.plumbline.online;

import dev.plumbline.serving.v1.DescribeFeatureServiceResponse;
import dev.plumbline.serving.v1.FieldSchema;
import dev.plumbline.serving.v1.RoleSchema;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;

/** Tells what a plan takes and what it answers. */
final class Description {
  private Description() {}

  static DescribeFeatureServiceResponse of(PreparedPlan prepared, String fingerprint) {
    ServicePlan plan = prepared.plan();
    DescribeFeatureServiceResponse.Builder description =
        DescribeFeatureServiceResponse.newBuilder()
            .setFeatureService(plan.name())
            .setRegistryRevision(fingerprint);
    plan.roles().stream()
        .filter(role -> prepared.reads(prepared.plan().roles().indexOf(role)))
        .map(Description::role)
        .forEach(description::addRoles);
    plan.request().stream().map(Description::field).forEach(description::addRequestValues);
    plan.outputs().stream()
        .map(output -> field(output.ref().toString(), output.type()))
        .forEach(description::addFeatures);
    return description.build();
  }

  private static RoleSchema role(Role role) {
    RoleSchema.Builder schema =
        RoleSchema.newBuilder().setRole(role.name()).setEntity(role.entity().name());
    role.entity().keys().stream().map(Description::field).forEach(schema::addKeys);
    return schema.build();
  }

  private static FieldSchema field(Field field) {
    return field(field.name(), field.type());
  }

  private static FieldSchema field(String name, DataType type) {
    return FieldSchema.newBuilder().setName(name).setType(type.toString()).build();
  }
}
