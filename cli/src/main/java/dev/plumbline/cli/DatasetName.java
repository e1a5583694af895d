package dev.plumbline.cli;

import dev.plumbline.failure.NotFoundException;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.yaml.NearestName;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset that was built, as people write it: {@code NAME@VERSION}, or {@code NAME} for its
 * newest version.
 */
record DatasetName(String name, OptionalInt version) {
  private static final Pattern WRITTEN = Pattern.compile("([^@]+)(?:@(\\d{1,9}))?");

  static DatasetName parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new UsageException(
          "'%s' is no dataset (expected: NAME, or NAME@VERSION such as delay_training@1)"
              .formatted(text));
    }
    String version = parts.group(2);
    return new DatasetName(
        parts.group(1),
        version == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(version)));
  }

  /**
   * The version in the catalog.
   *
   * @throws NotFoundException if there is none; the message says which was meant, or what there is
   */
  DatasetVersion find(DatasetCatalog catalog) {
    DatasetVersion newest = catalog.newest(name).orElseThrow(() -> unknown(catalog));
    return version.isPresent() ? catalog.load(name, version.getAsInt()) : newest;
  }

  private NotFoundException unknown(DatasetCatalog catalog) {
    List<String> known = catalog.all().stream().map(DatasetVersion::name).distinct().toList();
    return new NotFoundException(
        "no dataset '%s' was built; %s"
            .formatted(
                name,
                NearestName.of(name, known)
                    .map(nearest -> "did you mean '" + nearest + "'?")
                    .orElse("known: %s; run: plumb dataset build %s".formatted(known, name))));
  }
}
