package dev.plumbline.expression;

import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$;
import org.apache.spark.sql.catalyst.catalog.DummyFunctionExpressionBuilder$;
import org.apache.spark.sql.catalyst.catalog.DummyFunctionResourceLoader$;
import org.apache.spark.sql.catalyst.catalog.GlobalTempViewManager;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.GenerateMutableProjection;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias$;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Catalyst's steps from text to code. All of them expect {@link SqlSettings} to hold for the
 * thread, and throw what Catalyst throws.
 */
final class Catalyst {
  private static final String RESULT = "plumb result";

  /**
   * Knows functions, and no table. It is given no configuration of Hadoop, which nobody asks it
   * for; so a server can do without Hadoop's libraries.
   */
  private static final SessionCatalog CATALOG =
      new SessionCatalog(
          () -> new InMemoryCatalog(new SparkConf(false), null),
          () -> new GlobalTempViewManager("global_temp"),
          FunctionRegistry$.MODULE$.builtin(),
          TableFunctionRegistry$.MODULE$.builtin(),
          null,
          CatalystSqlParser$.MODULE$,
          DummyFunctionResourceLoader$.MODULE$,
          DummyFunctionExpressionBuilder$.MODULE$,
          0,
          -1,
          "default");

  /** Thread-safe, as that of a session, which many threads share. */
  private static final Analyzer ANALYZER = new Analyzer(CATALOG);

  // Scala makes its objects when they are first used. Here one thread makes most of them, for two
  // that begin with different ones at the same time may wait for each other.
  static {
    SqlSettings.apply(() -> resolve(parse("cast('1' as decimal(9,2)) > 1.5"), List.of()));
  }

  private Catalyst() {}

  static Expression parse(String sql) {
    return CatalystSqlParser$.MODULE$.parseExpression(sql);
  }

  /** A nullable column; what stands before a dot in the field's name qualifies it. */
  static Attribute attribute(Field field) {
    int dot = field.name().indexOf('.');
    return new AttributeReference(
        field.name().substring(dot + 1),
        SparkTypes.of(field.type()),
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        dot < 0 ? seq(List.of()) : seq(List.of(field.name().substring(0, dot))));
  }

  /** A nullable column of any type. */
  static Attribute attribute(StructField field) {
    return new AttributeReference(
        field.name(),
        field.dataType(),
        true,
        Metadata.empty(),
        NamedExpression.newExprId(),
        seq(List.of()));
  }

  /** {@code parsed}, resolved and checked against {@code columns}, with implicit casts in place. */
  static Expression resolve(Expression parsed, List<Attribute> columns) {
    return result(resolveAlone(parsed, columns));
  }

  /** The same for several at once; none of them sees another. */
  static List<Expression> resolve(List<Expression> parsed, List<Attribute> columns) {
    List<NamedExpression> named = new ArrayList<>();
    for (int i = 0; i < parsed.size(); i++) {
      named.add(named(parsed.get(i), RESULT + i));
    }
    Project plan = (Project) analyzed(new Project(seq(named), relation(columns)));
    return CollectionConverters.asJava(plan.projectList()).stream()
        .map(each -> ((Alias) each).child())
        .toList();
  }

  /** Whether an expression cannot take one that stands beside it for a column. */
  static boolean canBeAmongOthers(String sql) {
    return !sql.contains(RESULT);
  }

  /** A plan whose only column is {@code parsed}, resolved and checked against {@code columns}. */
  static LogicalPlan resolveAlone(Expression parsed, List<Attribute> columns) {
    return analyzed(project(parsed, columns));
  }

  /**
   * A query, resolved and checked against one table.
   *
   * @param table its name, in small letters
   * @param columns of the table
   */
  static LogicalPlan resolveQuery(String sql, String table, List<Attribute> columns) {
    LogicalPlan query = CatalystSqlParser$.MODULE$.parseQuery(sql);
    // As if it began: with raw as (...). So it is found wherever a table may stand, and names of
    // the query's own come before it, as they do before a view of a session.
    SubqueryAlias rows = SubqueryAlias$.MODULE$.apply(table, relation(columns));
    return analyzed(
        new UnresolvedWith(
            query, seq(List.of(new Tuple3<>(table, rows, Option.<Object>empty()))), false));
  }

  private static LogicalPlan analyzed(LogicalPlan plan) {
    LogicalPlan analyzed = ANALYZER.execute(plan);
    ANALYZER.checkAnalysis(analyzed);
    return analyzed;
  }

  /** Whether there is such a part in the plan; subqueries do not count. */
  static boolean contains(LogicalPlan plan, Class<? extends LogicalPlan> part) {
    return part.isInstance(plan)
        || CollectionConverters.asJava(plan.children()).stream()
            .anyMatch(child -> contains(child, part));
  }

  /** An expression of the same value that has code: {@code nullif} and others have none. */
  static Expression evaluable(Expression resolved, List<Attribute> columns) {
    LogicalPlan plan = ReplaceExpressions$.MODULE$.apply(project(resolved, columns));
    return new CommonExpressions().inline(result(plan));
  }

  /** Not thread-safe. Code that was generated before is found again. */
  static MutableProjection compile(Expression evaluable, List<Attribute> columns) {
    return GenerateMutableProjection.generate(seq(List.of(evaluable)), seq(columns), true);
  }

  /** Characters of the Java that {@link #compile} would hand to the compiler, about. */
  static int lengthOfCode(Expression evaluable, List<Attribute> columns) {
    Expression bound =
        BindReferences.bindReference(
            evaluable,
            package$.MODULE$.AttributeSeq(seq(columns)),
            BindReferences.bindReference$default$3());
    CodegenContext context = new CodegenContext();
    ExprCode code = context.generateExpressions(seq(List.of(bound)), true).head();
    return context.subexprFunctionsCode().length()
        + code.code().toString().length()
        + context.declareAddedFunctions().length();
  }

  static List<Expression> children(Expression expression) {
    return CollectionConverters.asJava(expression.children());
  }

  static Expression withChildren(Expression expression, List<Expression> children) {
    return expression.withNewChildren(seq(children));
  }

  static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }

  private static LogicalPlan project(Expression expression, List<Attribute> columns) {
    return new Project(seq(List.of(named(expression, RESULT))), relation(columns));
  }

  private static NamedExpression named(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        seq(List.of()),
        Option.empty(),
        seq(List.of()));
  }

  private static LogicalPlan relation(List<Attribute> columns) {
    return LocalRelation$.MODULE$.apply(seq(columns), seq(List.of()), false, Option.empty());
  }

  private static Expression result(LogicalPlan plan) {
    return ((Alias) ((Project) plan).projectList().head()).child();
  }
}
