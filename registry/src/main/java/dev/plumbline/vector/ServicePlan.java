package dev.plumbline.vector;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the features of a service are read and put together, with every name resolved.
 *
 * @param name of the service
 * @param roles in the order of the service
 * @param reads each (role, view) once
 * @param steps on-demand views to evaluate, each once
 * @param request values that the steps need from the caller, each name once
 * @param outputs one per feature of the service, in its order
 */
public record ServicePlan(
    String name,
    List<Role> roles,
    List<Read> reads,
    List<Step> steps,
    List<Field> request,
    List<Output> outputs) {
  public ServicePlan {
    roles = List.copyOf(roles);
    reads = List.copyOf(reads);
    steps = List.copyOf(steps);
    request = List.copyOf(request);
    outputs = List.copyOf(outputs);
  }

  /** A part that an entity plays in a service. */
  public record Role(String name, Entity entity) {}

  /** One look-up per row: this view, for the entity in this role. */
  public record Read(Role role, FeatureView view) {}

  /** A feature within the answer of {@code reads.get(read)}. */
  public record Slot(int read, int feature) {}

  /**
   * One on-demand view to evaluate.
   *
   * @param inputs where each of the view's inputs stands
   * @param request where each of its request values stands in {@link ServicePlan#request}
   * @param features of the view, those that outputs take and no other, each once
   */
  public record Step(
      OnDemandView view,
      List<Slot> inputs,
      List<Integer> request,
      List<OnDemandView.Feature> features) {
    public Step {
      inputs = List.copyOf(inputs);
      request = List.copyOf(request);
      features = List.copyOf(features);
    }

    /** The step with this feature too. */
    Step with(OnDemandView.Feature feature) {
      if (features.contains(feature)) {
        return this;
      }
      List<OnDemandView.Feature> more = new ArrayList<>(features);
      more.add(feature);
      return new Step(view, inputs, request, more);
    }
  }

  /** Where one feature of the vector comes from. */
  public sealed interface Origin {
    /** A view's row. */
    record Stored(Slot slot) implements Origin {
      @Override
      public Stream<Slot> slots() {
        return Stream.of(slot);
      }
    }

    /** {@code steps.get(step).features().get(feature)}. */
    record Computed(int step, int feature) implements Origin {
      @Override
      public Stream<Slot> slots() {
        return Stream.empty();
      }
    }

    /** The slots that the feature itself is taken from. */
    Stream<Slot> slots();
  }

  /**
   * One feature of the vector.
   *
   * @param whenAbsent the value that stands in where it is MISSING or EXPIRED
   */
  public record Output(FeatureRef ref, DataType type, Origin origin, Optional<Object> whenAbsent) {
    /** The cell, with {@code whenAbsent} as its value where that stands in. */
    public Cell withDefault(Cell cell) {
      return cell.status().isAbsent() && whenAbsent.isPresent()
          ? new Cell(cell.status(), whenAbsent.get())
          : cell;
    }
  }

  /** The type of the feature in a slot. */
  public DataType typeOf(Slot slot) {
    return reads.get(slot.read()).view().features().get(slot.feature()).type();
  }

  /** Which features of a read are needed, by their positions in its view; ascending. */
  public List<Integer> featuresOf(int read) {
    Stream<Slot> listed = outputs.stream().flatMap(output -> output.origin().slots());
    Stream<Slot> inputs = steps.stream().flatMap(step -> step.inputs().stream());
    return Stream.concat(listed, inputs)
        .filter(slot -> slot.read() == read)
        .map(Slot::feature)
        .distinct()
        .sorted()
        .toList();
  }

  /** The slots that an output depends on: its own, or the inputs of its on-demand view. */
  public List<Slot> slotsOf(Output output) {
    return output.origin() instanceof Origin.Computed computed
        ? steps.get(computed.step()).inputs()
        : output.origin().slots().toList();
  }

  /**
   * What the expressions of a step see, in order: its inputs as {@code role.feature}, then its
   * request values.
   */
  public List<Field> expressionFields(Step step) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      FeatureRef ref = step.view().inputs().get(i);
      fields.add(new Field(ref.role() + "." + ref.feature(), typeOf(step.inputs().get(i))));
    }
    fields.addAll(step.view().request());
    return fields;
  }
}
