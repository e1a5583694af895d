package dev.plumbline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.BaseRevision;
import dev.plumbline.registry.ShortHash;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file of {@code plumb plan --out} says of what was compared.
 *
 * @param base the newest revision when the change was planned
 * @param tree fingerprint of the definitions
 */
record PlanFile(Path file, BaseRevision base, String tree) {
  /**
   * The plan in this file.
   *
   * @throws NotFoundException if there is no such file
   * @throws InvalidException if it is not one that can be applied
   */
  static PlanFile read(Path file) {
    JsonNode plan = json(file);
    if (!plan.path("schema").asText().equals(PlanJson.SCHEMA)) {
      throw notAPlan(file, "schema '%s'".formatted(plan.path("schema").asText()));
    }
    BaseRevision base = base(plan.path("base"), file);
    return new PlanFile(file, base, plan.path("tree").path("fingerprint").asText());
  }

  private static BaseRevision base(JsonNode base, Path file) {
    return switch (base.path("kind").asText()) {
      case "nothing" -> BaseRevision.NOTHING;
      case "registry" ->
          new BaseRevision(base.path("revision").asInt(), base.path("fingerprint").asText());
      default -> throw notAPlan(file, "a plan against no revision of the registry");
    };
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      throw new NotFoundException(
          "%s is not there (expected: a file of plumb plan --out)".formatted(file));
    }
    try {
      return Console.parse(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw notAPlan(file, "not UTF-8 text");
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw notAPlan(file, String.valueOf(e.getMessage()));
    }
  }

  private static InvalidException notAPlan(Path file, String found) {
    return new InvalidException(
        "%s: %s (expected: what plumb plan --out FILE writes without --base, schema %s)"
            .formatted(file, found, PlanJson.SCHEMA));
  }

  /**
   * Does nothing if these are the definitions that were planned.
   *
   * @throws ConflictException if they are not
   */
  void requireSame(Revision definitions) {
    String now = RevisionJson.fingerprint(definitions);
    if (!now.equals(tree)) {
      throw new ConflictException(
          "%s: the definitions are not those that were planned (their fingerprint is %s, planned was %s); nothing was applied. Plan again with plumb plan --out %s"
              .formatted(file, ShortHash.of(now), ShortHash.of(tree), file));
    }
  }
}
