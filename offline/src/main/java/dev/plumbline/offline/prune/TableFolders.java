package dev.plumbline.offline.prune;

import dev.plumbline.failure.UnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Folders of the warehouse, on whichever file system. */
final class TableFolders {
  private final Configuration configuration;

  TableFolders(Configuration configuration) {
    this.configuration = configuration;
  }

  /** How many bytes the files in it have; 0 if it is not there. */
  long bytes(String folder) {
    try {
      return of(folder).getContentSummary(new Path(folder)).getLength();
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException e) {
      throw unavailable(folder, "cannot be read", e);
    }
  }

  /** Deletes it with everything in it, if it is there. */
  void delete(String folder) {
    try {
      FileSystem files = of(folder);
      Path path = new Path(folder);
      if (files.exists(path) && !files.delete(path, true)) {
        throw unavailable(folder, "cannot be deleted", new IOException("no reason is given"));
      }
    } catch (IOException e) {
      throw unavailable(folder, "cannot be deleted", e);
    }
  }

  private FileSystem of(String folder) throws IOException {
    return new Path(folder).getFileSystem(configuration);
  }

  private static UnavailableException unavailable(String folder, String what, IOException cause) {
    return new UnavailableException(
        "%s %s: %s; see that it can be, and run the same command again"
            .formatted(folder, what, cause.getMessage()),
        cause);
  }
}
