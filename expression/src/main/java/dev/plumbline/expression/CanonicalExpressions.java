package dev.plumbline.expression;

import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What expressions and queries mean, as texts to compare and hash. */
public final class CanonicalExpressions {
  private CanonicalExpressions() {}

  /**
   * The meaning of a scalar expression that {@link Expressions#compile} took, now or in an earlier
   * release. The types of the inputs that it reads are part of it.
   */
  public static Canonical scalar(String sql, List<Field> inputs) {
    return LatelyResolved.find(sql, inputs).orElseGet(() -> resolve(sql, inputs));
  }

  /** The meaning of an aggregate that {@link Expressions#aggregate} took: call and filter. */
  public static Canonical aggregate(String sql, List<Field> inputs) {
    try {
      return AggregateSyntax.parse(sql).canonical(inputs);
    } catch (ExpressionException e) {
      return unresolved(sql, inputs);
    }
  }

  /**
   * The meaning of an expression over raw columns, whose types nobody knows: as it was parsed. If
   * it calls a function that expressions over declared columns do not know, the letters of its
   * names count, since there are some that make values of names, such as {@code to_json}.
   */
  public static String raw(String sql) {
    try {
      Expression parsed = SqlSettings.apply(() -> Catalyst.parse(sql));
      return SqlSettings.apply(() -> TreeText.ofParsed(parsed, callsKnownFunctions(parsed)))
          .orElse(sql.strip());
    } catch (Exception | StackOverflowError e) { // Scala throws checked ones too
      return sql.strip();
    }
  }

  /**
   * The meaning of a source's query in Spark SQL: its words, in whatever letters.
   *
   * @param over expressions over its rows; letters count if one may make values of names
   */
  public static String query(String sql, Collection<String> over) {
    boolean foldsNames = over.stream().allMatch(CanonicalExpressions::callsKnownFunctions);
    return SqlTokens.of(sql).canonical(foldsNames);
  }

  /** The meaning of a query in a language of somebody else. */
  public static String foreignQuery(String sql) {
    return ForeignSql.canonical(sql);
  }

  /** What a tree means that was resolved over these columns, one for each input. */
  static Canonical of(String sql, Expression tree, List<Field> inputs, List<Attribute> columns) {
    Map<ExprId, String> names = new HashMap<>();
    Set<String> references = new LinkedHashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      names.put(columns.get(i).exprId(), inputs.get(i).name());
      if (tree.references().contains(columns.get(i))) {
        references.add(inputs.get(i).name());
      }
    }
    String text = TreeText.ofResolved(tree, names).orElseGet(() -> unresolved(sql, inputs).text());
    return new Canonical(text, references);
  }

  private static Canonical resolve(String sql, List<Field> inputs) {
    List<Attribute> columns = inputs.stream().map(Catalyst::attribute).toList();
    try {
      Canonical resolved =
          SqlSettings.apply(
              () -> of(sql, Catalyst.resolve(Catalyst.parse(sql), columns), inputs, columns));
      LatelyResolved.put(sql, inputs, resolved);
      return resolved;
    } catch (Exception | StackOverflowError e) { // Scala throws checked ones too
      return unresolved(sql, inputs);
    }
  }

  /** Of an expression that another release took and this one does not. It may read anything. */
  private static Canonical unresolved(String sql, List<Field> inputs) {
    List<String> names = inputs.stream().map(Field::name).toList();
    String given =
        inputs.stream()
            .map(input -> input.name() + " " + input.type())
            .sorted()
            .collect(Collectors.joining(", "));
    return new Canonical(SqlTokens.of(sql).canonical(true) + " over " + given, Set.copyOf(names));
  }

  private static boolean callsKnownFunctions(String raw) {
    try {
      return callsKnownFunctions(SqlSettings.apply(() -> Catalyst.parse(raw)));
    } catch (Exception | StackOverflowError e) { // Scala throws checked ones too
      return false;
    }
  }

  private static boolean callsKnownFunctions(Expression parsed) {
    List<Expression> left = new ArrayList<>(List.of(parsed));
    while (!left.isEmpty()) {
      Expression next = left.remove(left.size() - 1);
      if (next instanceof UnresolvedFunction call
          && !AllowedFunctions.isAllowedInQuery(call.nameParts().mkString("."))) {
        return false;
      }
      left.addAll(Catalyst.children(next));
    }
    return true;
  }
}
