package dev.plumbline.project;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code plumb.yaml} says, for one environment. Everything has a default.
 *
 * @param project the name of the registry and the key space
 * @param now the instant at which the clock stands still
 * @param warehouse where the offline store lies, a path or an address; relative to the project
 * @param metadata the metadata database
 * @param redis the online store; absent: one of our own on this machine
 * @param server where the feature server listens, and is asked
 * @param bind from sources to the places where their data lies instead
 */
public record ProjectConfig(
    String project,
    Optional<Instant> now,
    String warehouse,
    Endpoint metadata,
    Optional<Redis> redis,
    String server,
    Map<String, Bound> bind) {
  public static final String DEFAULT_WAREHOUSE = ".plumb/warehouse";
  public static final String DEFAULT_METADATA = ".plumb/metadata.db";
  public static final String DEFAULT_SERVER = "localhost:6566";

  /**
   * A database or store and who we are to it.
   *
   * @param address of a database: the path of a file, or JDBC's; {@code host:port} or an address of
   *     Redis
   */
  public record Endpoint(String address, Optional<String> user, Optional<Secret> password) {}

  /**
   * The online store.
   *
   * @param tls whether to talk to it through TLS
   */
  public record Redis(Endpoint endpoint, boolean tls) {}

  /**
   * Where the data of a source lies instead, and who we are there.
   *
   * @param places paths, a table or the address of a database; none: the source's own
   * @param table of the database; absent: the source's own
   * @param user of the database
   */
  public record Bound(
      List<String> places,
      Optional<String> table,
      Optional<String> user,
      Optional<Secret> password) {
    public Bound {
      places = List.copyOf(places);
    }
  }

  public ProjectConfig {
    bind = Collections.unmodifiableMap(new LinkedHashMap<>(bind));
  }
}
