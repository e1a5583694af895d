package dev.plumbline.offline.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.ConflictException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps builds of one dataset apart. */
class DatasetLockIT {
  @TempDir Path folder;

  @Test
  void isHeldByOneBuildOfThisProcess() {
    try (DatasetLock lock = DatasetLock.acquire("training", folder)) {
      assertThatThrownBy(() -> DatasetLock.acquire("training", folder))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("dataset 'training'")
          .hasMessageContaining("build again");
    }
    DatasetLock.acquire("training", folder).close();
  }

  @Test
  void isHeldByOneProcessAndVanishesWithIt() throws Exception {
    Process other = LockHolder.start("training", folder);
    try {
      assertThatThrownBy(() -> DatasetLock.acquire("training", folder))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("dataset 'training'");
    } finally {
      other.destroyForcibly().waitFor();
    }
    DatasetLock.acquire("training", folder).close();
  }

  @Test
  void scratchFoldersAreNeverShared() {
    assertThat(ScratchFolder.in(folder)).isNotEqualTo(ScratchFolder.in(folder));
  }

  @Test
  void aScratchFolderThatCannotBeRemovedDoesNotHideWhyTheBuildFailed() {
    Path readOnly = Path.of(URI.create("jrt:/java.base/java/lang/annotation"));

    assertThatThrownBy(
            () -> {
              try (ScratchFolder scratch = new ScratchFolder(readOnly)) {
                throw new IllegalStateException("no rows in " + scratch.path());
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no rows")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
  }
}
