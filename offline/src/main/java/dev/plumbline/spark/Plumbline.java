package dev.plumbline.spark;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.project.Project;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import java.time.InstantSource;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A project, for programs that have a Spark session of their own.
 *
 * <pre>{@code
 * Dataset<Row> training =
 *     Plumbline.open(spark, PlumblineConfig.of("flights"))
 *         .trainingSet(labels)
 *         .time("asked_at")
 *         .service("delay_model")
 *         .build();
 * }</pre>
 *
 * <p>Nothing is set in that session: what is ours is computed in one beside it, on the same Spark,
 * under the settings that the feature server uses too. Any number of projects can be open in one
 * program, and none of them needs to be closed.
 */
public final class Plumbline {
  private final Project project;
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final MetadataDatabase metadata;
  private final InstantSource clock;

  private Plumbline(
      Project project,
      SparkSession spark,
      Warehouse warehouse,
      MetadataDatabase metadata,
      InstantSource clock) {
    this.project = project;
    this.spark = spark;
    this.warehouse = warehouse;
    this.metadata = metadata;
    this.clock = clock;
  }

  /**
   * Opens a project. Passwords of its {@code plumb.yaml} come from the environment of this process.
   *
   * @param spark the session in which training sets are wanted
   * @throws NotFoundException if there is no such project or environment
   * @throws InvalidException if {@code plumb.yaml} is not valid, the clock stands in the future, or
   *     settings of {@code spark} would change values
   * @throws dev.plumbline.failure.UnavailableException if the metadata database does not answer
   */
  public static Plumbline open(SparkSession spark, PlumblineConfig config) {
    if (!(spark instanceof org.apache.spark.sql.classic.SparkSession)) {
      throw new InvalidException(
          "the session is one of Spark Connect (expected: a session in the driver's process); open Plumbline where the driver runs");
    }
    Project project = Project.open(config.project(), config.environment());
    InstantSource clock = config.clock(project);
    MetadataDatabase metadata = project.openMetadata(System.getenv());
    Warehouse warehouse =
        Warehouse.beside(
            spark,
            project.config().project(),
            project.metadataAddress(System.getenv()),
            project.resolve(project.config().warehouse()));
    return new Plumbline(project, spark, warehouse, metadata, clock);
  }

  /** Opens the project in this folder. */
  public static Plumbline open(SparkSession spark, String project) {
    return open(spark, PlumblineConfig.of(project));
  }

  /**
   * A training set, yet to be described: by the newest applied revision, and all features that it
   * has.
   *
   * @param labels a row for each time that the model would ask, with any columns beside those that
   *     say when and for whom
   * @throws NotFoundException if nothing is applied
   */
  public TrainingSet trainingSet(Dataset<Row> labels) {
    String name = project.config().project();
    AppliedRevision applied =
        new RevisionRegistry(metadata, name, clock)
            .current()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "nothing is applied in project '%s' yet; run: plumb apply"
                            .formatted(name)));
    return new TrainingSet(
        labels, spark, applied.revision(), warehouse, new RunLedger(metadata, name), clock);
  }
}
