package dev.plumbline.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * What of YAML a document may use, and how much of it. It is looked at event by event, before
 * anything is built, so that no document can exhaust memory or stack.
 */
final class YamlLimits {
  /** Lists and mappings in each other; definitions need five. */
  static final int DEPTH = 16;

  /** Scalars, lists and mappings of one document. */
  static final int VALUES = 100_000;

  /** Of one scalar; as many as an expression may have. */
  static final int CHARACTERS = 20_000;

  private static final int MOST_REPORTED = 20;

  private final YamlText places;
  private final Problems problems;
  private int depth;
  private int values;
  private int reported;

  YamlLimits(YamlText places, Problems problems) {
    this.places = places;
    this.problems = problems;
  }

  /** Whether the document is within all limits; if not, problems, the first twenty. */
  boolean hold(Iterable<Event> events) {
    for (Event event : events) {
      look(event);
      if (depth > DEPTH || values > VALUES || reported >= MOST_REPORTED) {
        return false;
      }
    }
    return reported == 0;
  }

  private void look(Event event) {
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    if (event instanceof NodeEvent node) {
      values++;
      lookAt(node);
    }
    if (values > VALUES) {
      report(
          event,
          ProblemCode.DOCUMENT_TOO_LARGE
              .found("the document has more values than are read")
              .expected("at most %d", VALUES)
              .remedy("cut it into several"));
    }
  }

  private void lookAt(NodeEvent node) {
    if (node instanceof AliasEvent || node.getAnchor().isPresent()) {
      report(
          node,
          ProblemCode.YAML_ALIAS
              .found(
                  "an %s, %s%s",
                  node instanceof AliasEvent ? "alias" : "anchor",
                  node instanceof AliasEvent ? "*" : "&",
                  node.getAnchor().map(Object::toString).orElse(""))
              .remedy("write the value where it is meant"));
    }
    if (node instanceof CollectionStartEvent collection) {
      depth++;
      lookAt(collection);
    } else if (node instanceof ScalarEvent scalar) {
      lookAt(scalar);
    }
  }

  private void lookAt(CollectionStartEvent collection) {
    rejectTag(collection, collection.getTag());
    if (depth > DEPTH) {
      report(
          collection,
          ProblemCode.NESTED_TOO_DEEPLY
              .found("lists and mappings in each other, more than %d deep", DEPTH)
              .remedy("write it flatter; no definition needs so many"));
    }
  }

  private void lookAt(ScalarEvent scalar) {
    rejectTag(scalar, scalar.getTag());
    if (scalar.isPlain() && scalar.getValue().equals("<<")) {
      report(
          scalar,
          ProblemCode.YAML_MERGE
              .found("a merge key, <<")
              .remedy("write the keys where they are meant"));
    }
    if (scalar.getValue().length() > CHARACTERS) {
      report(
          scalar,
          ProblemCode.VALUE_TOO_LONG
              .found("a value of %d characters", scalar.getValue().length())
              .expected("at most %d", CHARACTERS)
              .remedy("shorten it"));
    }
    if (!YamlCharacters.areSeen(scalar.getValue())) {
      report(
          scalar,
          ProblemCode.BAD_CHARACTER
              .found("an escape for a character that is not seen")
              .remedy("leave it out; what an expression needs is written as an escape of SQL"));
    }
  }

  private void rejectTag(NodeEvent node, Optional<String> tag) {
    tag.ifPresent(
        name ->
            report(
                node,
                ProblemCode.YAML_TAG
                    .found("a tag of YAML, %s", name)
                    .remedy("remove it; types follow from where a value stands")));
  }

  private void report(Event event, Complaint complaint) {
    reported++;
    problems.add(places.at(event.getStartMark()), complaint);
  }
}
