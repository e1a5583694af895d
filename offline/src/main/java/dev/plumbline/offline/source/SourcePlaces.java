package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.util.List;

/** Where the data of each source lies in this project. */
public interface SourcePlaces {
  /** Paths or table names, absolute; at least one. */
  List<String> of(Source source);
}
