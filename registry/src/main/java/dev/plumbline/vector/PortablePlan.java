package dev.plumbline.vector;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import java.io.Serializable;
import java.util.Objects;

/**
 * The plan of a service in a form that travels to other processes.
 *
 * @param revisionJson canonical JSON of the revision
 * @param service name of a service of it
 */
public record PortablePlan(String revisionJson, String service) implements Serializable {
  public PortablePlan {
    Objects.requireNonNull(revisionJson, "revisionJson is null");
    Objects.requireNonNull(service, "service is null");
  }

  public static PortablePlan ofService(Revision revision, String service) {
    return new PortablePlan(RevisionJson.write(revision), service);
  }

  /**
   * The plan.
   *
   * @throws UnknownNameException if the revision has no such service
   */
  public ServicePlan resolve() {
    return new ServicePlanner(RevisionJson.read(revisionJson)).service(service);
  }
}
