package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.About;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.vector.Cell;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.junit.jupiter.api.Test;

class ServingModelTest {
  /** More expressions than Spark keeps generated classes of, unless it is told otherwise. */
  private static final int EXPRESSIONS = 150;

  private static final OnDemandView MULTIPLES =
      new OnDemandView(
          new ViewId("multiples", 1),
          Map.of(),
          List.of(),
          List.of(new Field("number", Primitive.BIGINT)),
          OnDemandView.OnMissing.PROPAGATE,
          IntStream.range(0, EXPRESSIONS)
              .mapToObj(
                  i ->
                      new OnDemandView.Feature(
                          "times_" + i, "number * " + i + "L", Primitive.BIGINT, About.NOTHING))
              .toList());

  @Test
  void theFirstCallByAListCompilesNothing() {
    ServingModel model = ServingModel.of(Flights.published("r1", revision()));
    long loaded = CodeGenerator.compileTime();

    for (int i = 0; i < EXPRESSIONS; i++) {
      long expected = 7L * i;
      model
          .references(List.of(new FeatureRef("multiples", "times_" + i, 1)))
          .assemblers()
          .run(
              assembler ->
                  assertThat(assembler.computed(List.of(), List.of(7L)).get(0))
                      .contains(new Cell(Status.PRESENT, expected)));
    }

    assertThat(loaded).isPositive();
    assertThat(CodeGenerator.compileTime()).isEqualTo(loaded);
  }

  private static Revision revision() {
    Revision flights = Flights.revision();
    return new Revision(
        flights.project(),
        flights.entities(),
        flights.sources(),
        flights.views(),
        new TreeMap<>(Map.of(MULTIPLES.id(), MULTIPLES)),
        new TreeMap<>(),
        flights.datasets());
  }
}
