package dev.plumbline.cli;

import dev.plumbline.discovery.Kind;
import dev.plumbline.yaml.NearestName;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that look through definitions. */
final class Looking {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--tree",
      description = "Look through the definitions here; otherwise through those that are applied.")
  private boolean tree;

  Workspace open() {
    return options.open();
  }

  /** Whether the files are asked for. */
  boolean isTree() {
    return tree;
  }

  LookedThrough in(Workspace workspace) {
    return LookedThrough.of(
        workspace, tree ? LookedThrough.Tree.ASKED_FOR : LookedThrough.Tree.IF_NOTHING_ELSE);
  }

  /**
   * The kind that somebody names, if they name one.
   *
   * @throws UsageException if there is no such kind
   */
  static Optional<Kind> kind(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Kind> kind = Kind.parse(text);
    if (kind.isEmpty()) {
      var known = Arrays.stream(Kind.values()).map(Looking::written).toList();
      throw new UsageException(
          "no kind of thing is called '%s'; %s".formatted(text, NearestName.remedy(text, known)));
    }
    return kind;
  }

  /** As people write it most shortly. */
  private static String written(Kind kind) {
    return kind == Kind.FEATURE_VIEW ? "views" : kind.plural().replaceAll("[ -]", "_");
  }
}
