package dev.plumbline.cli;

import dev.plumbline.project.Project;
import dev.plumbline.project.ProjectConfig;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.local.LocalRedis;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The Redis of a project: the one that it names, or one of our own. */
final class Redises {
  private final Project project;
  private final Console console;

  Redises(Project project, Console console) {
    this.project = project;
    this.console = console;
  }

  /**
   * The address and whose it is; one of our own is started if it does not run.
   *
   * @throws dev.plumbline.store.local.LocalRedisException if none can be started
   */
  LocalRedis.Found find() {
    LocalRedis.Found found =
        LocalRedis.find(configured(), project.directory().resolve(".plumb").resolve("redis"));
    console.at("using " + found.origin());
    return found;
  }

  private Optional<RedisAddress> configured() {
    return project.config().redis().map(Redises::address);
  }

  private static RedisAddress address(ProjectConfig.Redis redis) {
    String address = redis.endpoint().address();
    if (redis.endpoint().password().isEmpty() || address.contains("://")) {
      return RedisAddress.parse(
          redis.tls() && !address.contains("://") ? "rediss://" + address : address);
    }
    String password = encoded(redis.endpoint().password().get().read(System.getenv()));
    String user = encoded(redis.endpoint().user().orElse(""));
    return RedisAddress.parse(
        (redis.tls() ? "rediss://" : "redis://") + user + ":" + password + "@" + address);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
