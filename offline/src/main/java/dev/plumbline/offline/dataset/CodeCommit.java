package dev.plumbline.offline.dataset;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.project.Git;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The commit of Git at which a project's folder stands.
 *
 * @param hash in hexadecimal digits
 * @param dirty whether a file of the folder that Git tracks is not as it was committed
 */
public record CodeCommit(String hash, boolean dirty) {
  /**
   * The commit of {@code folder}; empty outside of Git, before the first commit, or without Git.
   */
  public static Optional<CodeCommit> of(Path folder) {
    Git git = new Git(folder);
    try {
      return printed(git.ask("rev-parse", "--verify", "HEAD"))
          .flatMap(
              hash ->
                  printed(git.ask("status", "--porcelain", "--untracked-files=no", "--", "."))
                      .map(changes -> new CodeCommit(hash, !changes.isEmpty())));
    } catch (UnavailableException e) { // there is no Git on this machine
      return Optional.empty();
    }
  }

  /** Empty if Git refuses. */
  private static Optional<String> printed(Git.Answer answer) {
    return answer.isGood() ? Optional.of(answer.text().strip()) : Optional.empty();
  }
}
