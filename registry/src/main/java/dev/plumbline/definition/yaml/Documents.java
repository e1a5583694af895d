package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.NearestName;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlFile;
import dev.plumbline.yaml.YamlFile.Document;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All documents of a project by what they declare. */
final class Documents {
  /** Documents of a project. */
  private static final int MOST = 10_000;

  private static final Pattern VERSION = Pattern.compile("(?m)^version:\\s*(\\d{1,9})\\s*$");

  private final Declarations declarations;
  private final Map<Kind, List<YamlMapping>> byKind = new EnumMap<>(Kind.class);

  Documents(SortedMap<String, String> files, Declarations declarations) {
    this.declarations = declarations;
    for (Kind kind : Kind.values()) {
      byKind.put(kind, new ArrayList<>());
    }
    Map<String, List<Document>> documents = new LinkedHashMap<>();
    files.forEach(
        (file, text) ->
            documents.put(file, new YamlFile(file, text, declarations.problems).documents()));
    if (documents.values().stream().mapToInt(List::size).sum() > MOST) {
      declarations.problems.add(new Where(DefinitionFiles.FOLDER, 1, 1), tooMany());
    } else {
      documents.forEach((file, all) -> all.forEach(document -> sort(file, document)));
    }
  }

  private static Complaint tooMany() {
    return ProblemCode.TOO_MANY_DOCUMENTS
        .found("more documents than are read")
        .expected("at most %,d in a project", MOST)
        .remedy("make several projects of it");
  }

  List<YamlMapping> of(Kind kind) {
    return Objects.requireNonNull(byKind.get(kind));
  }

  private void sort(String file, Document document) {
    if (document instanceof Document.Parsed readable) {
      sort(readable.content());
    } else if (document instanceof Document.Unreadable unreadable) {
      announce(file, unreadable);
    }
  }

  private void sort(YamlMapping content) {
    for (Kind kind : Kind.values()) {
      if (content.has(kind.key())) {
        of(kind).add(content.having(DefinitionSchema.keys(kind), label(content, kind)));
        return;
      }
    }
    rejectUnknownKind(content);
  }

  /** Announces what the document declares if the key is only misspelt. */
  private void rejectUnknownKind(YamlMapping content) {
    Set<String> kinds = Kind.keys();
    for (Scalar key : content.keys()) {
      Optional<String> meant = NearestName.of(key.text(), kinds);
      if (meant.isPresent()) {
        key.unknown(ProblemCode.UNKNOWN_KIND, "kind", kinds);
        content
            .text(key.text())
            .ifPresent(name -> announce(Kind.of(meant.get()), name, version(content), key.where()));
        return;
      }
    }
    declarations.problems.add(
        content.where(),
        ProblemCode.UNKNOWN_KIND
            .found("no key says what the document declares")
            .expected("one of %s", String.join(", ", kinds))
            .remedy("add it as the first line"));
  }

  private static int version(YamlMapping content) {
    return content
        .text("version")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .orElse(1);
  }

  private static String label(YamlMapping content, Kind kind) {
    return kind.key()
        + content
            .find(kind.key())
            .filter(YamlValue::isScalar)
            .flatMap(YamlValue::scalar)
            .map(name -> " '" + name.shown() + "'")
            .orElse("");
  }

  /**
   * What an unreadable document seems to declare exists, so that nobody is told that it does not.
   */
  private void announce(String file, Document.Unreadable document) {
    String text = document.text();
    for (Kind kind : Kind.values()) {
      Matcher name = Pattern.compile("(?m)^" + kind.key() + ":\\s*(\\w{1,100})\\b").matcher(text);
      if (name.find()) {
        Where where =
            new Where(
                file,
                document.firstLine() + lines(text, name.start()),
                name.start(1) - name.start() + 1);
        Matcher version = VERSION.matcher(text);
        announce(
            kind, name.group(1), version.find() ? Integer.parseInt(version.group(1)) : 1, where);
        return;
      }
    }
  }

  private static int lines(String text, int end) {
    return (int) text.substring(0, end).chars().filter(each -> each == '\n').count();
  }

  private void announce(Kind kind, String name, int version, Where where) {
    switch (kind) {
      case ENTITY -> declarations.entities.declare(name, where);
      case SOURCE -> declarations.sources.declare(name, where);
      case FEATURE_VIEW -> declarations.views.declare(new ViewId(name, version), where);
      case ON_DEMAND_VIEW -> declarations.onDemandViews.declare(new ViewId(name, version), where);
      case FEATURE_SERVICE -> declarations.services.declare(name, where);
      case DATASET -> declarations.datasets.declare(name, where);
    }
  }
}
