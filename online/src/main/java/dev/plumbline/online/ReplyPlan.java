package dev.plumbline.online;

import dev.plumbline.type.DataType;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Read;
import dev.plumbline.vector.ServicePlan.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How the reply to a plan is written, with all that is the same in every reply. Immutable;
 * thread-safe.
 *
 * @param features one per output of the plan
 * @param views one per read of the plan
 */
record ReplyPlan(List<Feature> features, List<View> views) {
  /** A feature of the reply. */
  sealed interface Feature {
    /** As the reply has it, in UTF-8. */
    byte[] name();
  }

  /**
   * A feature whose values are copied from records.
   *
   * @param read of the plan
   * @param feature its position in the view
   * @param slot where its slot begins in a record, after the first one's
   * @param whenAbsent the value that stands in where it is MISSING or EXPIRED
   * @param single what surrounds the value of a single row, if that is always the same
   */
  record Copied(
      byte[] name,
      int read,
      int feature,
      int slot,
      ValueForm form,
      Optional<ValueForm.Value> whenAbsent,
      Optional<SingleRow> single)
      implements Feature {}

  /** A feature whose values are objects: what an expression gave, decimals and arrays. */
  record Boxed(byte[] name, Output output) implements Feature {}

  /**
   * What is told of one view in one role.
   *
   * @param features how many it has
   * @param copied how many {@link Copied} features of the reply are of it
   */
  record View(byte[] role, byte[] name, int version, int features, int copied) {}

  /**
   * How replies to a plan are written.
   *
   * @param slots where the slot of a feature begins in a record, after the first one's
   */
  static ReplyPlan of(ServicePlan plan, ToIntFunction<Slot> slots) {
    List<Feature> features = plan.outputs().stream().map(output -> feature(output, slots)).toList();
    List<View> views = new ArrayList<>();
    for (int i = 0; i < plan.reads().size(); i++) {
      views.add(view(plan.reads().get(i), copiedOf(i, features)));
    }
    return new ReplyPlan(features, List.copyOf(views));
  }

  private static int copiedOf(int read, List<Feature> features) {
    return (int)
        features.stream()
            .filter(feature -> feature instanceof Copied copied && copied.read() == read)
            .count();
  }

  private static Feature feature(Output output, ToIntFunction<Slot> slots) {
    byte[] name = utf8(output.ref().toString());
    if (output.origin() instanceof Origin.Stored stored
        && output.type() instanceof DataType.Primitive type) {
      ValueForm form = ValueForm.of(type);
      return new Copied(
          name,
          stored.slot().read(),
          stored.slot().feature(),
          slots.applyAsInt(stored.slot()),
          form,
          output.whenAbsent().map(form::value),
          form.isCopiedLong()
              ? Optional.of(SingleRow.of(form, stored.slot().read()))
              : Optional.empty());
    }
    return new Boxed(name, output);
  }

  private static View view(Read read, int copied) {
    return new View(
        utf8(read.role().name()),
        utf8(read.view().id().name()),
        read.view().id().version(),
        read.view().features().size(),
        copied);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
