package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.registry.LedgerEntry.Phase;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Run.Kind;
import dev.plumbline.type.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** The rows of one view version in the ledger's table, within one transaction. */
final class RunTable {
  private static final String OF_VIEW =
      " where project = :project and view_name = :name and version = :version";
  private static final String OF_RUN = OF_VIEW + " and stamp = :stamp";

  private final Handle handle;
  private final String project;
  private final ViewId view;

  RunTable(Handle handle, String project, ViewId view) {
    this.handle = handle;
    this.project = project;
    this.view = view;
  }

  List<LedgerEntry> all() {
    return ofView(handle.createQuery("select * from run" + OF_VIEW + " order by stamp"))
        .map((row, context) -> entry(row))
        .list();
  }

  LedgerEntry load(long stamp) {
    return all().stream()
        .filter(entry -> entry.run().stamp() == stamp)
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "view '%s' has no run %d in the ledger".formatted(view, stamp)));
  }

  /** The greatest stamp of its runs. */
  Optional<Long> lastStamp() {
    return ofView(handle.createQuery("select max(stamp) from run" + OF_VIEW))
        .mapTo(Long.class)
        .findOne();
  }

  void insert(LedgerEntry entry) {
    ofRun(
            handle.createUpdate(
                "insert into run (project, view_name, version, stamp, kind, first_refresh,"
                    + " last_refresh, asked_first, asked_last, phase) values (:project, :name,"
                    + " :version, :stamp, :kind, :firstRefresh, :lastRefresh, :askedFirst,"
                    + " :askedLast, :phase)"),
            entry.run().stamp())
        .bind("kind", entry.run().kind().name())
        .bind("firstRefresh", entry.run().firstRefresh())
        .bind("lastRefresh", entry.run().lastRefresh())
        .bind("askedFirst", entry.run().asked().first())
        .bind("askedLast", entry.run().asked().last())
        .bind("phase", entry.phase().name())
        .execute();
  }

  void commit(long stamp, long rows, Phase phase) {
    ofRun(handle.createUpdate("update run set phase = :phase, row_count = :rows" + OF_RUN), stamp)
        .bind("phase", phase.name())
        .bind("rows", rows)
        .execute();
  }

  void time(long stamp, RunTime time) {
    ofRun(
            handle.createUpdate(
                "update run set started_at = :started, committed_at = :committed,"
                    + " took_micros = :took"
                    + OF_RUN),
            stamp)
        .bind("started", Micros.of(time.started()))
        .bind("committed", Micros.of(time.committed()))
        .bind("took", Micros.of(time.took()))
        .execute();
  }

  /** By stamp; without the runs of which it is not known. */
  Map<Long, RunTime> times() {
    return ofView(
            handle.createQuery("select * from run" + OF_VIEW + " and took_micros is not null"))
        .map((row, context) -> Map.entry(row.getLong("stamp"), time(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void publish(long stamp, long publishedAt) {
    ofRun(
            handle.createUpdate(
                "update run set phase = 'CLOSED', published_at = :publishedAt" + OF_RUN),
            stamp)
        .bind("publishedAt", publishedAt)
        .execute();
  }

  void delete(long stamp) {
    ofRun(handle.createUpdate("delete from run" + OF_RUN), stamp).execute();
  }

  private Update ofRun(Update update, long stamp) {
    return ofView(update).bind("stamp", stamp);
  }

  private <S extends SqlStatement<S>> S ofView(S statement) {
    return statement
        .bind("project", project)
        .bind("name", view.name())
        .bind("version", view.version());
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    Phase phase = Phase.valueOf(row.getString("phase"));
    long first = row.getLong("first_refresh");
    long last = row.getLong("last_refresh");
    Run run =
        new Run(
            row.getLong("stamp"),
            Kind.valueOf(row.getString("kind")),
            first,
            last,
            number(row, "published_at"),
            phase == Phase.CLOSED,
            new Refreshes(
                number(row, "asked_first").orElse(first), number(row, "asked_last").orElse(last)));
    return new LedgerEntry(run, phase, number(row, "row_count"));
  }

  private static RunTime time(ResultSet row) throws SQLException {
    return new RunTime(
        Micros.instant(row.getLong("started_at")),
        Micros.instant(row.getLong("committed_at")),
        Duration.of(row.getLong("took_micros"), ChronoUnit.MICROS));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
