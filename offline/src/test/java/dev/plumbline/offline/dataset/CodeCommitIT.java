package dev.plumbline.offline.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit of a folder, from the Git of this machine. */
class CodeCommitIT {
  @TempDir Path folder;

  @Test
  void tellsTheCommitAndWhetherAnythingChanged() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Path file = project.resolve("plumb.yaml");
    git("init", "-q");
    assertThat(CodeCommit.of(project)).isEmpty();
    Files.writeString(file, "project: shop\n");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "begin");

    CodeCommit clean = CodeCommit.of(project).orElseThrow();
    Files.writeString(folder.resolve("elsewhere"), "");
    Files.writeString(project.resolve("notes"), "");
    CodeCommit beside = CodeCommit.of(project).orElseThrow();
    Files.writeString(file, "project: other\n");
    CodeCommit changed = CodeCommit.of(project).orElseThrow();

    assertThat(clean.hash()).matches("[0-9a-f]{40}");
    assertThat(clean.dirty()).isFalse();
    assertThat(beside).isEqualTo(clean);
    assertThat(changed).isEqualTo(new CodeCommit(clean.hash(), true));
  }

  @Test
  void leavesTheIndexOfGitAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("plumb.yaml"), "project: shop\n");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "begin");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // what Git would note in its index
    byte[] index = Files.readAllBytes(folder.resolve(".git/index"));

    CodeCommit commit = CodeCommit.of(folder).orElseThrow();

    assertThat(commit.dirty()).isFalse();
    assertThat(folder.resolve(".git/index")).hasBinaryContent(index);
  }

  @Test
  void isAbsentOutsideOfGit() {
    assertThat(CodeCommit.of(folder)).isEmpty();
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
