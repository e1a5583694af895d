package dev.plumbline.vector;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A plan in a form that travels to other processes: the revision's canonical JSON and what is asked
 * of it.
 *
 * @param service name of a service; empty: the references
 */
public record PortablePlan(String revisionJson, String service, List<FeatureRef> references)
    implements Serializable {
  public PortablePlan {
    Objects.requireNonNull(revisionJson, "revisionJson is null");
    references = List.copyOf(references);
  }

  public static PortablePlan ofService(Revision revision, String service) {
    return new PortablePlan(RevisionJson.write(revision), service, List.of());
  }

  public static PortablePlan ofReferences(Revision revision, List<FeatureRef> references) {
    return new PortablePlan(RevisionJson.write(revision), "", references);
  }

  /** The plan. @throws UnknownNameException if the revision does not have what is asked of it */
  public ServicePlan resolve() {
    ServicePlanner planner = new ServicePlanner(RevisionJson.read(revisionJson));
    return service.isEmpty() ? planner.references(references) : planner.service(service);
  }
}
