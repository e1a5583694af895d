package dev.plumbline.expression;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.With;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Enumeration;
import scala.Option;
import scala.Product;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A Catalyst tree as a text with all in it that decides a value: the class of each node and what
 * its constructor was given. Trees of one text give the same values. Nothing in the text is of one
 * process alone, as the ids of expressions are, or of the place where something is written. Where
 * Catalyst implements a function by others ({@code nvl} by {@code coalesce}), those stand there.
 */
final class TreeText {
  private static final String CATALYST = "org.apache.spark.sql.catalyst.";

  /** Resolved columns by their ids. Those of a tree that is only parsed have names alone. */
  private final Map<ExprId, String> columns;

  /** Whether names are the same in small and in large letters. */
  private final boolean foldsNames;

  private final Map<CommonExpressionId, Expression> common = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  /** Whether something was met that does not show what it was made of. */
  private boolean opaque;

  private TreeText(Map<ExprId, String> columns, boolean foldsNames) {
    this.columns = columns;
    this.foldsNames = foldsNames;
  }

  /**
   * The text of a resolved tree; empty if a part of it does not show what it was made of.
   *
   * @param columns all of which it may read
   */
  static Optional<String> ofResolved(Expression tree, Map<ExprId, String> columns) {
    return new TreeText(columns, true).of(tree);
  }

  /** The text of a tree as it was parsed; empty as above. */
  static Optional<String> ofParsed(Expression tree, boolean foldsNames) {
    return new TreeText(Map.of(), foldsNames).of(tree);
  }

  private Optional<String> of(Expression tree) {
    node(tree);
    return opaque ? Optional.empty() : Optional.of(text.toString());
  }

  private void node(Expression node) {
    if (node instanceof UnresolvedAttribute name) {
      name(CollectionConverters.asJava(name.nameParts()));
    } else if (node instanceof Attribute column) {
      column(column);
    } else if (node instanceof UnresolvedFunction call && foldsNames) {
      String name = call.nameParts().mkString(".").toLowerCase(Locale.ROOT);
      parts(node, part -> value(part == call.nameParts() ? name : part));
    } else if (node instanceof With with) {
      CollectionConverters.asJava(with.defs()).forEach(def -> common.put(def.id(), def.child()));
      node(with.child());
    } else if (node instanceof CommonExpressionRef reference
        && common.containsKey(reference.id())) {
      value(common.get(reference.id()));
    } else if (node instanceof RuntimeReplaceable function) {
      replaced(node, function.replacement());
    } else {
      parts(node, this::value);
    }
  }

  private void name(List<String> parts) {
    text.append("name(");
    for (int i = 0; i < parts.size(); i++) {
      // What stands after a dot may be the key of a map, whose letters matter.
      boolean folds = foldsNames && i == 0;
      quoted(folds ? parts.get(i).toLowerCase(Locale.ROOT) : parts.get(i));
    }
    text.append(')');
  }

  private void column(Attribute column) {
    String name = columns.get(column.exprId());
    if (name == null) {
      unknown(column);
      return;
    }
    text.append("column(");
    quoted(name);
    text.append(' ');
    type(column.dataType());
    text.append(')');
  }

  /**
   * What the function is implemented by. Where that does not show what it was made of: the function
   * and its arguments, which decide it.
   */
  private void replaced(Expression function, Expression replacement) {
    int start = text.length();
    boolean before = opaque;
    opaque = false;
    node(replacement);
    if (opaque) {
      text.setLength(start);
      opaque = false;
      parts(function, part -> value(part == replacement ? "" : part));
    }
    opaque |= before;
  }

  private void parts(Product product, Consumer<@Nullable Object> writer) {
    text.append(name(product)).append('(');
    Iterator<Object> parts = CollectionConverters.asJava(product.productIterator());
    while (parts.hasNext()) {
      writer.accept(parts.next());
      text.append(parts.hasNext() ? "," : "");
    }
    text.append(')');
  }

  private void value(@Nullable Object value) {
    if (value == null) {
      text.append("null");
    } else if (value instanceof Expression node) {
      node(node);
    } else if (value instanceof String || value instanceof UTF8String) {
      quoted(value.toString());
    } else if (value instanceof scala.collection.Seq<?> list) {
      list(CollectionConverters.asJava(list));
    } else if (value instanceof Option<?> option) {
      list(option.isEmpty() ? List.of() : List.of(option.get()));
    } else if (value instanceof AbstractDataType type) {
      type(type);
    } else if (!(value instanceof QueryContext)) { // where something stands, for messages
      state(value);
    }
  }

  private void state(Object value) {
    boolean scalar =
        value instanceof Number
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof Decimal
            || value instanceof Enum
            || value instanceof Enumeration.Value;
    if (scalar) {
      text.append(value.getClass().getSimpleName());
      quoted(value.toString());
    } else if (value instanceof byte[] bytes) {
      text.append(HexFormat.of().formatHex(bytes));
    } else if (value instanceof CalendarInterval interval) {
      list(List.of(interval.months, interval.days, interval.microseconds));
    } else if (value instanceof Class<?> type) {
      quoted(type.getName());
    } else if (value instanceof Product product && !isOfThisProcess(value)) {
      parts(product, this::value);
    } else {
      unknown(value);
    }
  }

  private static boolean isOfThisProcess(Object value) {
    return value instanceof ExprId
        || value instanceof CommonExpressionId
        || value instanceof TreeNode; // of a subquery
  }

  private void unknown(Object value) {
    opaque = true;
    text.append(name(value));
  }

  private void list(List<?> values) {
    text.append('[');
    values.forEach(
        each -> {
          value(each);
          text.append(' ');
        });
    text.append(']');
  }

  private void type(AbstractDataType type) {
    if (type instanceof AtomicType atomic) {
      text.append(atomic.typeName());
    } else if (type instanceof ObjectType object) {
      text.append(object.cls().getName());
    } else {
      text.append(type instanceof DataType exact ? exact.json() : name(type));
    }
  }

  private static String name(Object value) {
    String name = value.getClass().getName();
    return name.startsWith(CATALYST) ? name.substring(CATALYST.length()) : name;
  }

  private void quoted(String value) {
    text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
