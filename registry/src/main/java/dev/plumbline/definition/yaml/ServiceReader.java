package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code feature_service} documents, after all views. */
final class ServiceReader {
  private final Declarations declarations;
  private final References references;
  private final Roles roles;

  ServiceReader(Declarations declarations, References references, Roles roles) {
    this.declarations = declarations;
    this.references = references;
    this.roles = roles;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<String> name = Names.declare(document, Kind.FEATURE_SERVICE, declarations.services);
    Map<String, String> roleEntities = roles.read(document);
    List<Scalar> written =
        document.find(ServiceKeys.FEATURES).map(YamlValue::scalars).orElse(List.of());
    Map<String, References.Resolved> resolved = features(written, roleEntities);
    rejectRequestsThatDiffer(written, resolved);
    Map<FeatureRef, Object> defaults = defaults(document, written, resolved);
    About about = AboutReader.read(document);
    Lifecycle lifecycle = AboutReader.lifecycle(document);
    if (lifecycle == Lifecycle.ACTIVE) {
      new RetiredPins(declarations).reject(written, resolved);
    }
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before && resolved.size() == written.size()) {
      List<FeatureRef> features =
          resolved.values().stream().map(References.Resolved::reference).toList();
      declarations.services.add(
          name.orElseThrow(),
          new FeatureService(name.get(), roleEntities, features, defaults, about, lifecycle));
    }
  }

  private Map<String, References.Resolved> features(
      List<Scalar> written, Map<String, String> roleEntities) {
    Map<String, References.Resolved> features = new LinkedHashMap<>();
    for (Scalar each : written) {
      Optional<References.Resolved> resolved = references.resolve(each, roleEntities);
      if (resolved.isPresent()) {
        addRoles(each, resolved.get(), roleEntities);
        if (features.putIfAbsent(each.text(), resolved.get()) != null) {
          each.reject(
              "reference", ProblemCode.LISTED_TWICE.found("is listed twice").remedy("remove one"));
        }
      }
    }
    return features;
  }

  private void addRoles(Scalar text, References.Resolved feature, Map<String, String> roles) {
    if (feature instanceof References.Resolved.Stored stored) {
      roles.putIfAbsent(stored.reference().role(), stored.entity());
    } else if (feature instanceof References.Resolved.OnDemand onDemand) {
      onDemand.view().roles().forEach((role, entity) -> addRole(text, role, entity, roles));
    }
  }

  private void addRole(Scalar text, String role, String entity, Map<String, String> roles) {
    String given = roles.get(role);
    if (given == null && role.equals(entity)) {
      roles.put(role, entity);
    } else if (given == null) {
      text.reject(
          "reference",
          ProblemCode.MISSING_ROLE
              .found("reads role '%s', which the service does not have", role)
              .remedy("add %s: %s to its roles", role, entity));
    } else if (!given.equals(entity) && declarations.entities.isDeclared(given)) {
      text.reject(
          "reference",
          ProblemCode.ROLE_MISMATCH
              .found(
                  "reads role '%s' as entity '%s', which in this service is entity '%s'",
                  role, entity, given)
              .remedy("rename the role"));
    }
  }

  /** One request carries one value of each name. */
  private static void rejectRequestsThatDiffer(
      List<Scalar> written, Map<String, References.Resolved> resolved) {
    Map<String, DataType> types = new HashMap<>();
    for (Scalar each : written) {
      if (resolved.get(each.text()) instanceof References.Resolved.OnDemand onDemand) {
        for (Field value : onDemand.view().request()) {
          DataType other = types.putIfAbsent(value.name(), value.type());
          if (other != null && !other.equals(value.type())) {
            each.reject(
                "reference",
                ProblemCode.TYPE_MISMATCH
                    .found(
                        "takes '%s' with the request as %s, and another feature of the service as %s",
                        value.name(), value.type(), other)
                    .expected("one type")
                    .remedy("rename one"));
          }
        }
      }
    }
  }

  private Map<FeatureRef, Object> defaults(
      YamlMapping document, List<Scalar> written, Map<String, References.Resolved> resolved) {
    Map<FeatureRef, Object> defaults = new LinkedHashMap<>();
    List<String> listed = written.stream().map(Scalar::text).toList();
    Optional<YamlMapping> mapping = document.find(ServiceKeys.DEFAULTS).flatMap(YamlValue::mapping);
    Map<Scalar, YamlValue> entries = mapping.map(YamlMapping::entries).orElse(Map.of());
    entries.forEach(
        (key, value) -> {
          References.Resolved feature = resolved.get(key.text());
          if (feature != null) {
            new Literal(declarations.problems, "the default of " + key.text(), feature.type())
                .read(value)
                .ifPresent(literal -> defaults.put(feature.reference(), literal));
          } else if (!listed.contains(key.text())) {
            key.unknown(ProblemCode.UNKNOWN_FEATURE, "feature", listed);
          }
        });
    return defaults;
  }
}
