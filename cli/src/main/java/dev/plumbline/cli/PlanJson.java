package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.plan.Amount;
import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import java.util.List;
import java.util.Locale;

/** A plan for programs. Docs: {@code docs/spec/changes.md}. */
final class PlanJson {
  static final String SCHEMA = "plumb.plan.v1";

  private PlanJson() {}

  /** All but the schema. */
  static ObjectNode of(PlanReport report) {
    ObjectNode json = Console.json();
    base(report.base(), json.putObject("base"));
    json.putObject("tree")
        .put("project", report.project())
        .put("fingerprint", report.fingerprint());
    json.put("verdict", verdict(report));
    ObjectNode counts = json.putObject("counts");
    ChangeClass[] classes = ChangeClass.values();
    for (int i = classes.length - 1; i >= 0; i--) {
      counts.put(name(classes[i]), report.counts().getOrDefault(classes[i], 0));
    }
    ArrayNode changes = json.putArray("changes");
    report.plan().changes().forEach(change -> change(change, changes.addObject()));
    ArrayNode backfills = json.putArray("backfills");
    report.backfills().forEach(backfill -> backfill(backfill, backfills.addObject()));
    return json;
  }

  /** The whole document, in one line. */
  static String document(PlanReport report) {
    ObjectNode document = Console.json().put("schema", SCHEMA);
    document.setAll(of(report));
    return document.toString();
  }

  private static String verdict(PlanReport report) {
    if (report.plan().isBreaking()) {
      return "breaking";
    }
    return report.plan().isEmpty() ? "nothing" : "changes";
  }

  private static void base(PlanBase base, ObjectNode json) {
    if (base instanceof PlanBase.Registry registry) {
      json.put("kind", "registry")
          .put("revision", registry.applied().number())
          .put("fingerprint", registry.applied().fingerprint());
    } else if (base instanceof PlanBase.Commit commit) {
      json.put("kind", "git").put("ref", commit.ref()).put("commit", commit.hash());
      commit.fingerprint().ifPresent(fingerprint -> json.put("fingerprint", fingerprint));
    } else {
      json.put("kind", "nothing");
    }
  }

  private static void change(Change change, ObjectNode json) {
    json.put("subject", change.subject()).put("class", name(change.kind()));
    texts("also", change.also().stream().sorted().map(PlanJson::name).toList(), json);
    texts("details", change.details(), json);
    change.remedy().ifPresent(remedy -> json.put("remedy", remedy));
    texts("features", change.affected().features(), json);
    texts("services", change.affected().services(), json);
    texts("staying", change.affected().staying(), json);
    texts("datasets", change.affected().datasets(), json);
  }

  private static void backfill(Backfill backfill, ObjectNode json) {
    json.put("view", backfill.view().toString());
    backfill.first().ifPresent(first -> json.put("first", first.toString()));
    json.put("last", backfill.last().toString());
    amount("refreshes", backfill.refreshes(), json);
    amount("source_rows", backfill.sourceRows(), json);
    amount("redis_bytes", backfill.redisBytes(), json);
    json.put("bytes_per_record", backfill.recordBytes());
  }

  private static void amount(String name, Amount amount, ObjectNode json) {
    ObjectNode node = json.putObject(name);
    if (amount instanceof Amount.Known known) {
      node.put("value", known.value()).put("basis", known.basis());
    } else {
      node.put("unknown", ((Amount.Unknown) amount).why());
    }
  }

  private static void texts(String name, List<String> texts, ObjectNode json) {
    ArrayNode array = json.putArray(name);
    texts.forEach(array::add);
  }

  private static String name(ChangeClass kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
