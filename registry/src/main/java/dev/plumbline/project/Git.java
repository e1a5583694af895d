package dev.plumbline.project;

import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The program {@code git}, asked about one folder. It is made to write nothing and fetch nothing.
 */
public final class Git {
  /** No lock, no question to a person, and no protocol by which anything could be fetched. */
  private static final Map<String, String> READ_ONLY =
      Map.of(
          "GIT_OPTIONAL_LOCKS", "0",
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_NO_LAZY_FETCH", "1",
          "GIT_ALLOW_PROTOCOL", "none",
          "LC_ALL", "C");

  private final Path folder;

  public Git(Path folder) {
    this.folder = folder;
  }

  /**
   * What it said.
   *
   * @param code 0 if it did what it was asked
   * @param err why it did not
   */
  public record Answer(int code, byte[] out, String err) {
    public boolean isGood() {
      return code == 0;
    }

    public String text() {
      return new String(out, StandardCharsets.UTF_8);
    }
  }

  /**
   * Asks it.
   *
   * @throws UnavailableException if there is no such program
   */
  public Answer ask(String... arguments) {
    return answer("", arguments);
  }

  /**
   * Asks it, with lines to read.
   *
   * @throws UnavailableException if there is no such program
   */
  public Answer answer(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(READ_ONLY);
    try {
      return answer(builder.start(), input);
    } catch (IOException e) {
      throw new UnavailableException(
          "git cannot be started (%s); install it, so that it is on the PATH"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Answer answer(Process git, String input) throws IOException {
    CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(git, input));
    CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(git.getErrorStream()));
    try (InputStream out = git.getInputStream()) {
      byte[] bytes = out.readAllBytes();
      written.join();
      return new Answer(git.waitFor(), bytes, err.join().strip());
    } catch (InterruptedException e) {
      git.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void write(Process git, String input) {
    try (OutputStream to = git.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended before it had read everything; its answer says why.
    }
  }

  private static String read(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
