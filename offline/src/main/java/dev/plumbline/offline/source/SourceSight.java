package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.ExpressionException;

/** Where the raw columns of sources are learnt from. */
@FunctionalInterface
public interface SourceSight {
  /**
   * A look at a source.
   *
   * @throws SourceMismatchException if it is there, but does not say its columns
   * @throws ExpressionException if its database refuses its query
   */
  SeenColumns look(Source source);
}
