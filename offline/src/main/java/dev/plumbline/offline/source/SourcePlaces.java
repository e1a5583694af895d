package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.project.Login;
import java.util.List;
import java.util.Optional;

/** Where the data of each source lies in this project. */
public interface SourcePlaces {
  /** Paths, a table's name or a database's address, absolute; at least one. */
  List<String> of(Source source);

  /** The table of the database; empty if the source has a query, or lies in no database. */
  default Optional<String> table(Source source) {
    return source.table();
  }

  /** Who we are to the database; empty: nobody in particular. */
  default Optional<Login> login(Source source) {
    return Optional.empty();
  }
}
