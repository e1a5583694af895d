package dev.plumbline.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A number on which at most one session of a PostgreSQL database has a lock, as one session sees
 * it. The number is a hash of a name; the server knows no names of locks.
 */
final class AdvisoryLock {
  /** A lock on one number is shown as its two halves, and marked by a 1. */
  private static final String HELD =
      " from pg_locks l left join pg_stat_activity a using (pid)"
          + " where l.locktype = 'advisory' and l.granted and l.objsubid = 1"
          + " and l.database = (select oid from pg_database where datname = current_database())"
          + " and (l.classid::bigint << 32) | l.objid::bigint = :key";

  /**
   * A holder that has nothing to say for hours is not a dead one, unless its machine is silent too:
   * that is found out within two minutes, not within the two hours that are usual.
   */
  private static final String SESSION =
      "select set_config(s.name, given.setting, false) from pg_settings s join (values"
          + " ('idle_session_timeout', '0'), ('tcp_keepalives_idle', '60'),"
          + " ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '6'))"
          + " as given (name, setting) on s.name = given.name";

  private final Handle session;
  private final long key;

  /**
   * The lock of a name, within the schema that the session works in.
   *
   * @param session nobody else's, and open for as long as the lock is to be held
   */
  AdvisoryLock(Handle session, String name) {
    this.session = session;
    String schema =
        session.createQuery("select coalesce(current_schema(), '')").mapTo(String.class).one();
    this.key = hash("plumbline/" + schema + "/" + name);
  }

  private static long hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Takes the lock, at once or not at all. */
  boolean take() {
    session.createQuery(SESSION).mapTo(String.class).list();
    return ask("select pg_try_advisory_lock(:key)").mapTo(Boolean.class).one();
  }

  void giveBack() {
    ask("select pg_advisory_unlock(:key)").mapTo(Boolean.class).one();
  }

  /** Whether this session has the lock. */
  boolean isOurs() {
    return ask("select count(*) > 0" + HELD + " and l.pid = pg_backend_pid()")
        .mapTo(Boolean.class)
        .one();
  }

  /** Who has the lock, and since when. The server tells users apart, and hides one from another. */
  String holder() {
    return ask("select l.pid, a.application_name, a.backend_start" + HELD)
        .map((row, context) -> holder(row))
        .findFirst()
        .orElse("a run that is just ending");
  }

  private static String holder(ResultSet row) throws SQLException {
    String name = row.getString("application_name");
    OffsetDateTime since = row.getObject("backend_start", OffsetDateTime.class);
    return since == null
        ? "session %d of another user of the database".formatted(row.getInt("pid"))
        : "%s since %s".formatted(name, since.toInstant().truncatedTo(ChronoUnit.SECONDS));
  }

  private Query ask(String question) {
    return session.createQuery(question).bind("key", key);
  }
}
