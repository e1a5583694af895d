package dev.plumbline.expression;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Names of columns, whatever letters they have. */
public final class SparkNames {
  private SparkNames() {}

  /** A name as SQL takes it for one. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The column of this name. */
  public static Column column(String name) {
    return functions.col(quoted(name));
  }
}
