package dev.plumbline.offline.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    try {
      return git(folder, "rev-parse", "--verify", "HEAD")
          .flatMap(
              hash ->
                  git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".")
                      .map(changes -> new CodeCommit(hash, !changes.isEmpty())));
    } catch (UncheckedIOException e) { // there is no Git on this machine
      return Optional.empty();
    }
  }

  /** What Git prints; empty if it refuses. */
  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      git.getOutputStream().close();
      String printed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(printed.strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
