package dev.plumbline.cli;

import dev.plumbline.client.ServiceDescription.Field;
import dev.plumbline.client.ServiceDescription.Role;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Entities in a CSV file with a header. The key of a role is in the column {@code ROLE.KEY} or,
 * without one, {@code KEY}; other columns are not looked at.
 */
final class KeyFile {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path file;
  private final Map<Column, List<Object>> columns = new HashMap<>();

  private KeyFile(Path file) {
    this.file = file;
  }

  private record Column(String role, String key) {}

  /**
   * All its rows, for these roles.
   *
   * @throws NotFoundException if there is no such file
   * @throws InvalidException if it lacks a column, has no row, or a text is not of its key's type
   */
  static KeyPool read(Path file, List<Role> roles) {
    KeyFile read = new KeyFile(file);
    int rows = read.rows(roles);
    return new KeyPool(
        roles,
        rows,
        (role, key, number) ->
            Objects.requireNonNull(read.columns.get(new Column(role.name(), key.name())))
                .get(number));
  }

  private int rows(List<Role> roles) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(reader, FORMAT)) {
      int read = 0;
      for (CSVRecord row : rows) {
        for (Role role : roles) {
          for (Field key : role.keys()) {
            columns
                .computeIfAbsent(new Column(role.name(), key.name()), any -> new ArrayList<>())
                .add(value(row, rows, role, key));
          }
        }
        read++;
      }
      if (read == 0) {
        throw new InvalidException(
            "%s has no rows (expected: a header and a row for each entity)".formatted(file));
      }
      return read;
    } catch (NoSuchFileException e) {
      throw new NotFoundException("there is no file %s; see --keys".formatted(file));
    } catch (CSVException | UncheckedIOException e) {
      throw new InvalidException(
          "%s: %s (expected: CSV as in RFC 4180, in UTF-8)".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new InvalidException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Object value(CSVRecord row, CSVParser rows, Role role, Field key) {
    String own = role.name() + "." + key.name();
    String column = row.isMapped(own) ? own : key.name();
    if (!row.isMapped(column)) {
      throw new InvalidException(
          "%s: no column '%s' or '%s' (found: %s); name one so in its first line"
              .formatted(file, own, key.name(), String.join(", ", rows.getHeaderNames())));
    }
    if (!row.isSet(column)) {
      throw new InvalidException(
          "%s:%d: no value for column '%s' (expected: as many values as the header has)"
              .formatted(file, rows.getCurrentLineNumber(), column));
    }
    try {
      return key.parse(row.get(column));
    } catch (IllegalArgumentException e) {
      throw new InvalidException(
          "%s:%d: column '%s': %s"
              .formatted(file, rows.getCurrentLineNumber(), column, e.getMessage()),
          e);
    }
  }
}
