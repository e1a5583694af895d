package dev.plumbline.cli;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectConfig;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.local.LocalRedis;
import java.nio.file.Path;
import java.util.Optional;

/** The Redis of a project: the one that it names, or one of our own. */
final class ProjectRedis {
  private final Project project;
  private final Console console;

  ProjectRedis(Project project, Console console) {
    this.project = project;
    this.console = console;
  }

  /**
   * The address and whose it is; one of our own is started if it does not run.
   *
   * @throws dev.plumbline.store.local.LocalRedisException if none can be started
   */
  LocalRedis.Found find() {
    LocalRedis.Found found = LocalRedis.find(configured(), folder());
    console.at("using " + found.origin());
    return found;
  }

  /** Whether there is one to ask: one of our own is not started for it. */
  boolean isThere() {
    return configured().isPresent() || new LocalRedis(folder()).running().isPresent();
  }

  private Path folder() {
    return project.directory().resolve(".plumb").resolve("redis");
  }

  private Optional<RedisAddress> configured() {
    try {
      return project.config().redis().map(ProjectRedis::address);
    } catch (IllegalArgumentException e) {
      throw new InvalidException("plumb.yaml: redis: " + e.getMessage(), e);
    }
  }

  private static RedisAddress address(ProjectConfig.Redis redis) {
    String address = redis.endpoint().address();
    String scheme = redis.tls() ? "rediss://" : "redis://";
    String user = redis.endpoint().user().map(name -> name + "@").orElse("");
    String whole = address.contains("://") ? address : scheme + address;
    RedisAddress parsed = RedisAddress.parse(whole.replace("://", "://" + user));
    return redis
        .endpoint()
        .password()
        .map(secret -> parsed.withPassword(secret.read(System.getenv())))
        .orElse(parsed);
  }
}
