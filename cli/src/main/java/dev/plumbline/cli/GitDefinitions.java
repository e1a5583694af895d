package dev.plumbline.cli;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.project.Git;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The definitions of a project as they are in some commit, read without a trace. */
final class GitDefinitions {
  private static final String SETTINGS = "plumb.yaml";
  private static final String FOLDER = "definitions/";
  private static final String LINK = "120000";

  private final Path project;
  private final Git git;

  GitDefinitions(Path project) {
    this.project = project;
    this.git = new Git(project);
  }

  /**
   * The files of one commit.
   *
   * @param commit its full hash
   * @param files from names relative to the project to their texts
   */
  record AtCommit(String commit, SortedMap<String, String> files) {
    boolean hasDefinitions() {
      return files.keySet().stream().anyMatch(name -> name.startsWith(FOLDER));
    }
  }

  /**
   * The project's files at {@code ref}.
   *
   * @throws NotFoundException if there is no such commit, or the project lies in no work tree
   * @throws InvalidException if a file of it cannot be read as text
   */
  AtCommit at(String ref) {
    if (ref.startsWith("-") || ref.isBlank()) {
      throw new UsageException("--base '%s' (expected: a branch, tag or commit)".formatted(ref));
    }
    String prefix = prefix();
    String commit = commit(ref);
    SortedMap<String, String> blobs = blobs(commit, prefix);
    return new AtCommit(commit, texts(ref, blobs));
  }

  /** Where the project lies in its repository: empty, or with a slash at its end. */
  private String prefix() {
    Git.Answer inside = git.ask("rev-parse", "--is-inside-work-tree");
    if (!inside.isGood()) {
      throw new NotFoundException(
          "%s: no Git repository can be read there (%s); --base needs one"
              .formatted(project, inside.err()));
    }
    if (!inside.text().strip().equals("true")) {
      throw new NotFoundException(
          "%s lies in a bare repository (expected: a work tree); plan in a clone or in a worktree of it"
              .formatted(project));
    }
    String prefix = git.ask("rev-parse", "--show-prefix").text();
    return prefix.endsWith("\n") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  private String commit(String ref) {
    Git.Answer found = git.ask("rev-parse", "--verify", "--quiet", ref + "^{commit}");
    if (found.isGood()) {
      return found.text().strip();
    }
    boolean shallow = git.ask("rev-parse", "--is-shallow-repository").text().strip().equals("true");
    throw new NotFoundException(
        "--base %s: there is no such commit in the repository of %s; %s"
            .formatted(
                ref,
                project,
                shallow
                    ? "the clone is shallow: fetch it with 'git fetch --unshallow', or set fetch-depth: 0 where it is checked out"
                    : "see 'git branch --all', or fetch it with 'git fetch origin'"));
  }

  /** From names relative to the project to the hashes of their contents. */
  private SortedMap<String, String> blobs(String commit, String prefix) {
    Git.Answer listed =
        answered(
            git.ask(
                "ls-tree",
                "-r",
                "-z",
                "--full-tree",
                commit,
                "--",
                prefix + FOLDER,
                prefix + SETTINGS));
    SortedMap<String, String> blobs = new TreeMap<>();
    for (String entry : listed.text().split("\0", -1)) {
      int tab = entry.indexOf('\t');
      if (tab > 0) {
        String name = entry.substring(tab + 1 + prefix.length());
        if (name.endsWith(".yaml")) {
          blobs.put(name, hash(name, entry.substring(0, tab)));
        }
      }
    }
    return blobs;
  }

  private static String hash(String name, String entry) {
    List<String> words = List.of(entry.split(" "));
    if (words.get(0).equals(LINK)) {
      throw new InvalidException(
          "%s is a symbolic link in the base (expected: a file); links are not followed there"
              .formatted(name));
    }
    return words.get(2);
  }

  private SortedMap<String, String> texts(String ref, SortedMap<String, String> blobs) {
    String hashes = blobs.values().stream().map(hash -> hash + "\n").collect(Collectors.joining());
    ByteBuffer contents = ByteBuffer.wrap(contents(ref, git.answer(hashes, "cat-file", "--batch")));
    SortedMap<String, String> texts = new TreeMap<>();
    for (String name : blobs.keySet()) {
      texts.put(name, text(ref, name, next(ref, contents)));
    }
    return texts;
  }

  private static byte[] contents(String ref, Git.Answer answer) {
    if (!answer.isGood()) {
      throw absent(ref, answer.err());
    }
    return answer.out();
  }

  private static UnavailableException absent(String ref, String why) {
    return new UnavailableException(
        "files of %s are not in this repository (%s); in a partial clone fetch them with 'git checkout %s', or clone without --filter"
            .formatted(ref, why, ref));
  }

  /** One object: {@code <hash> blob <bytes>}, a line break, the bytes, a line break. */
  private static ByteBuffer next(String ref, ByteBuffer contents) {
    StringBuilder head = new StringBuilder();
    for (byte b = contents.get(); b != '\n'; b = contents.get()) {
      head.append((char) b);
    }
    String[] words = head.toString().split(" ", -1);
    if (words.length < 3) {
      throw absent(ref, head.toString());
    }
    int length = Integer.parseInt(words[2]);
    ByteBuffer content = contents.slice(contents.position(), length);
    contents.position(contents.position() + length + 1);
    return content;
  }

  private static String text(String ref, String name, ByteBuffer content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidException(
          "%s of %s is not UTF-8 text; save it as UTF-8 there".formatted(name, ref), e);
    }
  }

  private Git.Answer answered(Git.Answer answer) {
    if (!answer.isGood()) {
      throw new UnavailableException(
          "git cannot read the repository of %s: %s".formatted(project, answer.err()));
    }
    return answer;
  }
}
