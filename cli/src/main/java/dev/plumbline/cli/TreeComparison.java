package dev.plumbline.cli;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Revision;
import dev.plumbline.discovery.DefinitionText;
import dev.plumbline.discovery.Item;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Whether something that is applied says the same in the project's files. */
sealed interface TreeComparison {
  /** It does. */
  record Same() implements TreeComparison {}

  /** It is not in them. */
  record Gone() implements TreeComparison {}

  /**
   * @param lines of its text: those that only the registry has with -, those of the files with +
   */
  record Differs(List<String> lines) implements TreeComparison {
    public Differs {
      lines = List.copyOf(lines);
    }
  }

  /** They are not valid, so nobody can say. */
  record Unreadable(int problems) implements TreeComparison {}

  /** The files as they are read while other things are looked up. */
  final class Reading {
    private final CompletableFuture<Revision> files;

    private Reading(CompletableFuture<Revision> files) {
      this.files = files;
    }

    /** Begins to read; reading takes longer than anything else that is shown. */
    static Reading begin(Supplier<Revision> read) {
      return new Reading(CompletableFuture.supplyAsync(read));
    }

    /**
     * Waits for the files.
     *
     * @param applied the text of the item, in lines of this width
     */
    TreeComparison compare(Item item, String applied, int width) {
      try {
        DefinitionText text = new DefinitionText(files.join(), width);
        return text.has(item) ? of(applied, text.yaml(item)) : new Gone();
      } catch (CompletionException e) {
        if (e.getCause() instanceof InvalidDefinitionsException invalid) {
          return new Unreadable(invalid.problems().size());
        }
        throw e;
      }
    }

    private static TreeComparison of(String applied, String declared) {
      return applied.equals(declared) ? new Same() : new Differs(LineDiff.of(applied, declared));
    }
  }
}
