package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each slip in the flights example, and the very text that it gives. */
class DefinitionProblemsTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("slips")
  void saysWhereWhatAndWhatToDo(String name, String correct, String slip, String problem) {
    String text = FlightsExample.text();
    assertThat(text).contains(correct);

    List<String> problems = problems(text.replace(correct, slip));

    assertThat(problems).containsExactly(problem.isEmpty() ? new String[0] : problem.split("\n"));
  }

  static List<String> problems(String text) {
    InvalidDefinitionsException invalid =
        catchThrowableOfType(InvalidDefinitionsException.class, () -> FlightsExample.load(text));
    return invalid == null
        ? List.of()
        : invalid.problems().stream().map(Problem::toString).toList();
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        slip(
            "duplicate feature",
            "  - {name: last_destination, expr: last(destination), window: 30d}",
            "  - {name: flights_1d, expr: last(destination), window: 30d}",
            "definitions/flights.yaml:52:12: feature 'flights_1d' is declared twice (also line 50); rename or remove one"),
        slip(
            "unknown key near a known one",
            "expr: count(*), window: 1d",
            "expr: count(*), widnow: 1d",
            "definitions/flights.yaml:50:40: unknown key 'widnow' in feature; did you mean 'window'?"),
        slip(
            "unknown key near none",
            "max_age: 2d ",
            "zebra: 2d ",
            "definitions/flights.yaml:47:1: unknown key 'zebra' in feature_view 'airport_departures'; expected one of: feature_view, version, entity, source, keys, features, every, availability_lag, max_age, expect, owner, description, tags, retired"),
        slip(
            "torn expression",
            "expr: \"cast(delay as int)\"",
            "expr: coalesce(delay, 0)",
            "definitions/flights.yaml:16:60: unknown key '0)' looks like the rest of a value with a comma; put the whole value in double quotes"),
        slip(
            "torn feature expression",
            "expr: last(destination), window: 30d",
            "expr: last(coalesce(destination, origin)), window: 30d",
            "definitions/flights.yaml:52:63: unknown key 'origin))' looks like the rest of a value with a comma; put the whole value in double quotes"),
        slip(
            "bad duration",
            "every: 1h                  #",
            "every: 5x                  #",
            "definitions/flights.yaml:45:8: every: '5x' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d)"),
        slip(
            "bad window",
            "window: 30d",
            "window: 0d",
            "definitions/flights.yaml:52:63: window: '0d' is no window (expected: more than 0, or all)"),
        slip(
            "window near all",
            "window: 30d",
            "window: All",
            "definitions/flights.yaml:52:63: window: 'All' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d; or all)"),
        slip(
            "all of another duration",
            "max_age: 2d",
            "max_age: all",
            "definitions/flights.yaml:47:10: max_age: 'all' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d)"),
        slip(
            "percentile without a fraction",
            "expr: last(destination), window",
            "expr: percentile(delay_minutes), window",
            "definitions/flights.yaml:52:47: expr: percentile has one argument (expected: two, a value and a fraction from 0 to 1, such as percentile(x, 0.95))"),
        slip(
            "percentile torn at its comma",
            "expr: last(destination), window",
            "expr: percentile(delay_minutes, 0.95), window",
            "definitions/flights.yaml:52:62: unknown key '0.95)' looks like the rest of a value with a comma; put the whole value in double quotes"),
        slip(
            "percentile beyond 1",
            "expr: last(destination), window",
            "expr: \"percentile(delay_minutes, 95)\", window",
            "definitions/flights.yaml:52:63: expr: the fraction of percentile is '95' (expected: one number from 0 to 1, written out, such as percentile(x, 0.95))"),
        slip(
            "too long duration",
            "max_age: 2d",
            "max_age: 99999d",
            "definitions/flights.yaml:47:10: max_age: '99999d' is too long (expected: at most 36600d)"),
        slip(
            "bad type",
            "{name: minutes_to_departure, type: int}]\nfeatures",
            "{name: minutes_to_departure, type: integer}]\nfeatures",
            "definitions/flights.yaml:77:46: type: unknown type 'integer' (expected: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or array<T>)"),
        slip(
            "duplicate YAML key",
            "arrival_time: null ",
            "format: parquet ",
            "definitions/flights.yaml:12:1: key 'format' is written twice (also line 9); keep one"),
        slip(
            "missing required key",
            "every: 1d\n",
            "",
            "definitions/flights.yaml:65:1: feature_view 'airport_place' has no 'every'; add it, for example every: 1h"),
        slip(
            "document without kind",
            "entity: airport\nkeys: [{",
            "entitty: airport\nkeys: [{",
            "definitions/flights.yaml:2:1: unknown kind 'entitty'; did you mean 'entity'?"),
        slip(
            "wrong node kind",
            "keys: {code: origin}\nevery",
            "keys: [code]\nevery",
            "definitions/flights.yaml:44:7: keys is a list (expected: a mapping, {key: value})"),
        slip(
            "scalar where a list is",
            "features: [{name: latitude, expr: latitude}, {name: longitude, expr: longitude}]",
            "features: latitude",
            "definitions/flights.yaml:71:11: features is 'latitude' (expected: a list, [...])"),
        slip(
            "bad name",
            "{name: late_ratio, ",
            "{name: Late-ratio, ",
            "definitions/flights.yaml:79:12: name: 'Late-ratio' is not a name (expected: [a-z0-9][a-z0-9_]*, without '__'); write it in small letters, digits and single underscores"),
        slip(
            "double underscore",
            "{name: hours_to_departure, ",
            "{name: hours__to_departure, ",
            "definitions/flights.yaml:80:12: name: 'hours__to_departure' is not a name (expected: [a-z0-9][a-z0-9_]*, without '__'); write it in small letters, digits and single underscores"),
        slip(
            "unknown entity",
            "version: 1\nentity: airport\nsource: airports",
            "version: 1\nentity: airprot\nsource: airports",
            "definitions/flights.yaml:67:9: unknown entity 'airprot'; did you mean 'airport'?"),
        slip(
            "unknown source",
            "source: airports\nkeys",
            "source: airprots\nkeys",
            "definitions/flights.yaml:68:9: unknown source 'airprots'; did you mean 'airports'?"),
        slip(
            "unknown column of a key",
            "keys: {code: iata}",
            "keys: {code: itaa}",
            "definitions/flights.yaml:69:14: unknown column 'itaa'; did you mean 'iata'?"),
        slip(
            "unknown column of event_time",
            "event_time: landed_at ",
            "event_time: landed ",
            "definitions/flights.yaml:11:13: unknown column 'landed'; expected one of: delay_minutes, destination, landed_at, origin"),
        slip(
            "unknown entity of a role",
            "roles: {origin: airport, destination: airport, route: route}",
            "roles: {origin: airport, destination: airpot, route: route}",
            "definitions/flights.yaml:83:39: unknown entity 'airpot'; did you mean 'airport'?"),
        slip(
            "unknown role",
            "features: [origin:late_share_7d@1, destination:flights_1d@1, route:flights_7d@1",
            "features: [origin:late_share_7d@1, destination:flights_1d@1, rote:flights_7d@1",
            "definitions/flights.yaml:84:62: unknown role 'rote'; did you mean 'route'?"),
        slip(
            "unknown feature",
            "route:flights_7d@1, delay",
            "route:flight_7d@1, delay",
            "definitions/flights.yaml:84:62: unknown feature 'flight_7d' of entity 'route'; did you mean 'flights_7d'?"),
        slip(
            "unknown version",
            "route:flights_7d@1, delay",
            "route:flights_7d@2, delay",
            "definitions/flights.yaml:84:62: view 'route_departures' has no version 2 (expected one of: 1)"),
        slip(
            "unknown on-demand feature",
            "delay_context:late_ratio@1]",
            "delay_context:late_rati@1]",
            "definitions/flights.yaml:84:82: unknown feature 'late_rati' of on-demand view 'delay_context@1'; did you mean 'late_ratio'?"),
        slip(
            "unknown service",
            "service: delay_model\nlabels",
            "service: delay_modle\nlabels",
            "definitions/flights.yaml:88:10: unknown feature service 'delay_modle'; did you mean 'delay_model'?"),
        slip(
            "unpinned",
            "route:flights_7d@1, delay",
            "route:flights_7d, delay",
            "definitions/flights.yaml:84:62: reference 'route:flights_7d' is not pinned; the newest version is 1: write route:flights_7d@1"),
        slip(
            "unpinned on-demand",
            "delay_context:late_ratio@1]",
            "delay_context:late_ratio]",
            "definitions/flights.yaml:84:82: reference 'delay_context:late_ratio' is not pinned; the newest version is 1: write delay_context:late_ratio@1"),
        slip(
            "not a reference",
            "route:flights_7d@1, delay",
            "flights_7d, delay",
            "definitions/flights.yaml:84:62: reference 'flights_7d' is not valid (expected: role:feature@version)"),
        slip(
            "feature of two views",
            "features: [{name: latitude, ",
            "features: [{name: flights_1d, ",
            "definitions/flights.yaml:71:19: feature 'flights_1d' belongs to view 'airport_departures' already (line 50), and within entity 'airport' a feature name belongs to one view; rename one"),
        slip(
            "feature named as a key",
            "features: [{name: latitude, ",
            "features: [{name: code, ",
            "definitions/flights.yaml:71:19: feature 'code' is the name of a key of entity 'airport' too; rename the feature"),
        slip(
            "on-demand view named as a role",
            "on_demand_view: delay_context\nversion: 1\nroles: {origin: airport, route: route}",
            "on_demand_view: delay_context\nversion: 1\nroles: {origin: airport, route: route, delay_context: airport}",
            "definitions/flights.yaml:73:17: on-demand view 'delay_context' has the name of a role (line 75), so references to them look the same; rename the view\ndefinitions/flights.yaml:84:82: reference 'delay_context:late_ratio@1' reads role 'delay_context', which the service does not have; add delay_context: airport to its roles"),
        slip(
            "max_age too short",
            "max_age: 2d",
            "max_age: 1h",
            "definitions/flights.yaml:47:10: max_age: '1h' is shorter than every + availability_lag (expected: at least 70m); a punctual pipeline would be EXPIRED between two refreshes"),
        slip(
            "max_age over constant time",
            "every: 1d\nfeatures",
            "every: 1d\nmax_age: 2d\nfeatures",
            "definitions/flights.yaml:71:10: max_age: '2d' has no meaning over source 'airports', whose event_time is constant; remove max_age"),
        slip(
            "key type",
            "keys: [{name: code, type: string}]",
            "keys: [{name: code, type: double}]",
            "definitions/flights.yaml:3:27: type: 'double' cannot be the type of a key (expected: boolean, int, bigint, string or date)"),
        slip(
            "key type differs",
            "keys: {code: iata}",
            "keys: {code: latitude}",
            "definitions/flights.yaml:69:14: column 'latitude' is of type double, but key 'code' of entity 'airport' is string (expected: the same); cast it in the column's expr"),
        slip(
            "windowed and not",
            "expr: last(destination), window: 30d",
            "expr: destination",
            "definitions/flights.yaml:52:12: feature 'last_destination' has no window, but other features of the view have (expected: all or none); give it one, or move it to a view of its own"),
        slip(
            "aggregate over unknown column",
            "expr: last(destination), window",
            "expr: last(destinatio), window",
            "definitions/flights.yaml:52:41: expr: unknown column 'destinatio' (did you mean destination?; known: delay_minutes, destination, landed_at, origin)"),
        slip(
            "on-demand unknown input",
            "\"origin.late_share_7d / nullif",
            "\"origin.late_share / nullif",
            "definitions/flights.yaml:79:31: expr: unknown column 'origin.late_share' (did you mean origin.late_share_7d?; known: origin.late_share_7d, route.late_share_7d, minutes_to_departure)"),
        slip(
            "expression does not parse",
            "minutes_to_departure / 60.0",
            "minutes_to_departure / / 60.0",
            "definitions/flights.yaml:80:61: expr: syntax error at or near '/'."),
        slip(
            "default of a wrong type",
            "flights_1d@1: 0}",
            "flights_1d@1: many}",
            "definitions/flights.yaml:85:38: the default of destination:flights_1d@1 is 'many' (expected: a value of type bigint)"),
        slip(
            "default null",
            "flights_1d@1: 0}",
            "flights_1d@1: null}",
            "definitions/flights.yaml:85:38: the default of destination:flights_1d@1 is null (expected: a value of type bigint); leave it out"),
        slip(
            "default of a feature not listed",
            "{destination:flights_1d@1: 0}",
            "{destination:flights_1@1: 0}",
            "definitions/flights.yaml:85:12: unknown feature 'destination:flights_1@1'; did you mean 'destination:flights_1d@1'?"),
        slip(
            "event_time not a timestamp",
            "event_time: landed_at ",
            "event_time: delay_minutes ",
            "definitions/flights.yaml:11:13: event_time: 'delay_minutes' is a column of type int (expected: timestamp); cast it in expr"),
        slip(
            "bad instant",
            "{constant: 2001-01-01T00:00:00Z}\ncolumns",
            "{constant: 2001-01-01}\ncolumns",
            "definitions/flights.yaml:22:24: constant: '2001-01-01' is not an instant (expected: a date and time with zone, for example 2001-01-01T00:00:00Z)"),
        slip(
            "bad zone",
            "zone: America/New_York",
            "zone: America/Newyork",
            "definitions/flights.yaml:31:7: zone: 'America/Newyork' is not a time zone (expected: for example Europe/Berlin, UTC or +02:00)"),
        slip(
            "bad format",
            "format: csv",
            "format: cvs",
            "definitions/flights.yaml:20:9: unknown format 'cvs'; did you mean 'csv'?"),
        slip(
            "label keys incomplete",
            "{code: origin}, destination: {code: destination}, route",
            "{code: origin}, route",
            "definitions/flights.yaml:89:94: keys of labels has no 'destination'; add it, for example destination: {code: some_column}"),
        slip(
            "label keys incomplete inside",
            "route: {origin: origin, destination: destination}}}",
            "route: {origin: origin}}}",
            "definitions/flights.yaml:89:160: keys of role 'route' has no 'destination'; add it, for example destination: some_column"),
        slip(
            "label role unknown",
            "keys: {origin: {code: origin}, ",
            "keys: {orgin: {code: origin}, origin: {code: origin}, ",
            "definitions/flights.yaml:89:95: unknown role 'orgin'; did you mean 'origin'?"),
        slip(
            "request value missing",
            "columns: [late, minutes_to_departure]",
            "columns: [late]",
            "definitions/flights.yaml:89:58: columns: service 'delay_model' takes values with the request that are not among them: minutes_to_departure int; add them (columns of the source: asked_at, destination, late, minutes_to_departure, origin)"),
        slip(
            "request value of another type",
            "{name: minutes_to_departure, type: int}\n",
            "{name: minutes_to_departure, type: bigint}\n",
            "definitions/flights.yaml:89:58: columns: 'minutes_to_departure' is of type bigint, but service 'delay_model' takes it with the request as int (expected: the same); cast it in the column's expr"),
        slip(
            "label named as the dataset's own column",
            "asked_at",
            "split",
            "definitions/flights.yaml:89:9: labels: a dataset's column 'split' says train, validation or test, and cannot hold a label; give the source's column another name"),
        slip(
            "label time not a timestamp",
            "time: asked_at, columns",
            "time: late, columns",
            "definitions/flights.yaml:89:39: time: 'late' is a column of type boolean (expected: timestamp)"),
        slip(
            "split sum",
            "test: 0.15}",
            "test: 0.25}",
            "definitions/flights.yaml:90:8: split: the shares add up to 1.1 (expected: 1)"),
        slip(
            "split by",
            "by: time, train",
            "by: random, train",
            "definitions/flights.yaml:90:13: by: 'random' is not a way to split (expected: time, or an entity's role or key column: destination, origin, route)"),
        slip(
            "split by a label",
            "by: time, train",
            "by: late, train",
            "definitions/flights.yaml:90:13: by: 'late' is not a way to split (expected: time, or an entity's role or key column: destination, origin, route)"),
        slip(
            "seed of a split by time",
            "test: 0.15}",
            "test: 0.15, seed: 7}",
            "definitions/flights.yaml:90:67: seed: '7' has no meaning by time (expected: none); remove it, or split by an entity"),
        slip(
            "seed not a number",
            "by: time, train: 0.7, validation: 0.15, test: 0.15}",
            "by: route, train: 0.7, validation: 0.15, test: 0.15, seed: -7}",
            "definitions/flights.yaml:90:68: seed: '-7' is not a whole number of at least 0"),
        slip(
            "split negative",
            "validation: 0.15, test: 0.15",
            "validation: 0.45, test: -0.15",
            "definitions/flights.yaml:90:55: test: '-0.15' is negative (expected: a share of 0 or more)"),
        slip(
            "version zero",
            "on_demand_view: delay_context\nversion: 1",
            "on_demand_view: delay_context\nversion: 0",
            "definitions/flights.yaml:74:10: version: '0' is not a whole number of at least 1"),
        slip(
            "tab",
            "keys: {code: iata}\nevery: 1d",
            "keys: {code: iata}\n\tevery: 1d",
            "definitions/flights.yaml:70:1: a tab (expected: spaces; YAML is indented with spaces alone); replace it"),
        slip(
            "not YAML",
            "keys: {code: iata}\nevery: 1d",
            "keys: {code: iata\nevery: 1d",
            "definitions/flights.yaml:70:6: not YAML: expected ',' or '}', but got :"),
        slip(
            "entity twice",
            "entity: route\nkeys: [{",
            "entity: airport\nkeys: [{",
            "definitions/flights.yaml:5:9: entity 'airport' is declared twice (also line 2); rename or remove one\ndefinitions/flights.yaml:56:9: unknown entity 'route'; expected one of: airport\ndefinitions/flights.yaml:75:33: unknown entity 'route'; expected one of: airport\ndefinitions/flights.yaml:83:55: unknown entity 'route'; expected one of: airport"),
        slip(
            "service feature twice",
            "route:flights_7d@1, delay",
            "route:flights_7d@1, route:flights_7d@1, delay",
            "definitions/flights.yaml:84:82: reference 'route:flights_7d@1' is listed twice; remove one"),
        slip(
            "input of two versions",
            "inputs: [origin:late_share_7d@1, route:late_share_7d@1]",
            "inputs: [origin:late_share_7d@1, route:late_share_7d@1, origin:late_share_7d@1]",
            "definitions/flights.yaml:76:57: input 'origin:late_share_7d@1' is 'origin.late_share_7d' to expressions, as another input is; remove one"),
        slip(
            "role of an on-demand view missing",
            "roles: {origin: airport, destination: airport, route: route}  ",
            "roles: {destination: airport, route: route}  ",
            "definitions/flights.yaml:84:12: unknown role 'origin'; expected one of: airport, delay_context, destination, route\ndefinitions/flights.yaml:84:82: reference 'delay_context:late_ratio@1' reads role 'origin', which the service does not have; add origin: airport to its roles"),
        slip(
            "role of an on-demand view is another entity",
            "roles: {origin: airport, destination: airport, route: route}  ",
            "roles: {origin: airport, destination: airport, route: airport}  ",
            "definitions/flights.yaml:84:62: unknown feature 'flights_7d' of entity 'airport'; did you mean 'flights_1d'?\ndefinitions/flights.yaml:84:82: reference 'delay_context:late_ratio@1' reads role 'route' as entity 'route', which in this service is entity 'airport'; rename the role"),
        slip(
            "empty features",
            "features: [{name: latitude, expr: latitude}, {name: longitude, expr: longitude}]",
            "features: []",
            "definitions/flights.yaml:71:11: features is empty (expected: at least one); add one"),
        slip(
            "on_missing",
            "request: [{",
            "on_missing: zero\nrequest: [{",
            "definitions/flights.yaml:77:13: unknown on_missing 'zero'; expected one of: propagate, null"),
        slip(
            "path left out",
            "path: examples/flights/data/airports.csv\n",
            "",
            "definitions/flights.yaml:19:1: source 'airports' has no 'path'; add it, for example path: data/flights.parquet"),
        slip(
            "torn type",
            "{name: destination, type: string}\n  - {name: delay",
            "{name: destination, type: decimal(10,2)}\n  - {name: delay",
            "definitions/flights.yaml:15:31: type: unknown type 'decimal(10' (expected: boolean, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp or array<T>)\ndefinitions/flights.yaml:15:42: unknown key '2)' looks like the rest of a value with a comma; put the whole value in double quotes"),
        slip(
            "column declared twice",
            "{name: destination, type: string}\n  - {name: delay",
            "{name: origin, type: string}\n  - {name: delay",
            "definitions/flights.yaml:15:12: column 'origin' is declared twice (also line 14); rename or remove one"),
        slip(
            "requests that differ",
            "feature_service: delay_model",
            "on_demand_view: other\nversion: 1\nrequest: [{name: minutes_to_departure, type: double}]\nfeatures: [{name: hours, expr: minutes_to_departure / 60}]\n---\nfeature_service: both\nfeatures: [other:hours@1, delay_context:hours_to_departure@1]\nroles: {origin: airport}\n---\nfeature_service: delay_model",
            "definitions/flights.yaml:88:27: reference 'delay_context:hours_to_departure@1' takes 'minutes_to_departure' with the request as int, and another feature of the service as double (expected: one type); rename one"),
        slip(
            "no kind",
            "entity: airport\nkeys: [{",
            "code: airport\nkeys: [{",
            "definitions/flights.yaml:2:1: no key says what the document declares (expected one of: dataset, entity, feature_service, feature_view, on_demand_view, source); add it as the first line\ndefinitions/flights.yaml:42:9: unknown entity 'airport'; expected one of: route\ndefinitions/flights.yaml:67:9: unknown entity 'airport'; expected one of: route\ndefinitions/flights.yaml:75:17: unknown entity 'airport'; expected one of: route\ndefinitions/flights.yaml:83:17: unknown entity 'airport'; expected one of: route\ndefinitions/flights.yaml:83:39: unknown entity 'airport'; expected one of: route"),
        slip(
            "only window is bad",
            "expr: count(*), window: 7d",
            "expr: count(*), window: weekly",
            "definitions/flights.yaml:62:48: window: 'weekly' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d; or all)"),
        slip(
            "expression in a block",
            "expr: minutes_to_departure / 60.0}",
            "expr: minutes_to_departure}\n  - name: folded\n    expr: >\n      1 +\n      minuets_to_departure",
            "definitions/flights.yaml:84:7: expr: unknown column 'minuets_to_departure' (did you mean minutes_to_departure?; known: origin.late_share_7d, route.late_share_7d, minutes_to_departure)"));
  }

  private static Arguments slip(String name, String correct, String slip, String problem) {
    return Arguments.of(name, correct, slip, problem);
  }
}
