package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/** What the query of a source may be written with, seen before anything in it means something. */
final class QuerySyntax {
  static final String ONE_SELECT = "one select over raw";

  private static final Set<Class<?>> PARTS =
      Set.of(
          Aggregate.class,
          Distinct.class,
          Except.class,
          Filter.class,
          Generate.class,
          Intersect.class,
          Join.class,
          LocalRelation.class,
          OneRowRelation.class,
          Project.class,
          Sort.class,
          SubqueryAlias.class,
          Union.class,
          UnresolvedHaving.class,
          UnresolvedInlineTable.class,
          UnresolvedSubqueryColumnAliases.class);

  private final SourceText source;

  QuerySyntax(SourceText source) {
    this.source = source;
  }

  /** The tables that a part of a query sees: the raw rows, and what {@code WITH} names. */
  static final class Tables {
    private final Set<String> names;
    private final boolean[] raw;

    Tables() {
      this(Set.of(), new boolean[1]);
    }

    private Tables(Set<String> names, boolean[] raw) {
      this.names = new HashSet<>(names);
      this.raw = raw;
    }

    boolean readsRaw() {
      return raw[0];
    }

    private Tables inner() {
      return new Tables(names, raw);
    }

    private boolean takes(String name) {
      if (names.contains(name)) {
        return true;
      }
      raw[0] |= name.equals(SourceQuery.RAW);
      return name.equals(SourceQuery.RAW);
    }
  }

  /**
   * Checks a part of the query.
   *
   * @throws ExpressionException at the first thing that is not allowed
   */
  void check(LogicalPlan plan, Tables tables) {
    int offset = source.offset(plan.origin());
    if (plan instanceof UnresolvedWith with) {
      checkWith(with, tables.inner(), offset);
      return;
    }
    if (plan instanceof UnresolvedRelation table) {
      checkTable(table, tables, offset);
      return;
    }
    if (!PARTS.contains(plan.getClass())) {
      throw refusal(plan).at(offset);
    }
    CollectionConverters.asJava(plan.expressions()).forEach(each -> check(each, tables));
    CollectionConverters.asJava(plan.children()).forEach(child -> check(child, tables));
  }

  private void checkWith(UnresolvedWith with, Tables tables, int offset) {
    if (with.allowRecursion()) {
      throw Reason.NOT_ALLOWED
          .found("a recursive query is not allowed")
          .expected(ONE_SELECT)
          .at(offset);
    }
    CollectionConverters.asJava(with.cteRelations())
        .forEach(
            each -> {
              check(each._2(), tables.inner());
              tables.names.add(folded(each._1()));
            });
    check(with.child(), tables);
  }

  private static void checkTable(UnresolvedRelation table, Tables tables, int offset) {
    String name = folded(table.multipartIdentifier().mkString("."));
    if (!tables.takes(name)) {
      throw Reason.UNKNOWN_TABLE
          .found("table '%s' is not allowed", name)
          .expected("raw, the rows of the source itself")
          .at(offset);
    }
  }

  private static Refusal refusal(LogicalPlan plan) {
    return switch (plan.nodeName()) {
      case "GlobalLimit", "LocalLimit", "Offset", "Tail", "LimitAll" ->
          Reason.NOT_ALLOWED
              .found("limit and offset leave rows out by chance")
              .expected("all rows, or a where")
              .remedy("remove it");
      case "Sample" ->
          Reason.NOT_ALLOWED
              .found("a sample is another one each time")
              .expected("all rows, or a where");
      case "UnresolvedTableValuedFunction" ->
          Reason.UNKNOWN_TABLE
              .found("a function as a table is not allowed")
              .expected("raw, the rows of the source itself");
      default ->
          Reason.NOT_ALLOWED
              .found("%s is not allowed in the query of a source", plan.nodeName())
              .expected(ONE_SELECT);
    };
  }

  private void check(Expression expression, Tables tables) {
    int offset = source.offset(expression.origin());
    if (expression instanceof UnresolvedFunction call) {
      if (call.nameParts().size() != 1) {
        throw Purity.qualified(call).at(offset);
      }
      AllowedFunctions.checkInQuery(call.nameParts().head(), offset);
    }
    if (expression instanceof UnresolvedGenerator call) {
      AllowedFunctions.checkInQuery(call.name().funcName(), offset);
    }
    if (expression instanceof AggregateExpression call) {
      AllowedFunctions.checkInQuery(call.aggregateFunction().prettyName(), offset);
    }
    Purity.checkLiteral(expression, source);
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      check(plan, tables);
    }
    Catalyst.children(expression).forEach(child -> check(child, tables));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
