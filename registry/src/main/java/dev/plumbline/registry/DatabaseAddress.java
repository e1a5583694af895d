package dev.plumbline.registry;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a database is, and who we are to it. Both are spoken to through JDBC. */
public sealed interface DatabaseAddress {
  /** A database of one machine, in a file that is made when it is first needed. */
  record SqliteFile(Path file) implements DatabaseAddress {
    @Override
    public String url() {
      return "jdbc:sqlite:" + file;
    }

    @Override
    public Map<String, String> login() {
      return Map.of();
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * A database on a PostgreSQL server, which many machines share.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, perhaps with parameters of the driver
   * @param user absent: the one that the driver takes, which is that of the process
   * @param password absent where none is asked for
   */
  record PostgresServer(String url, Optional<String> user, Optional<String> password)
      implements DatabaseAddress {
    /** What every address of such a database begins with. */
    public static final String SCHEME = "jdbc:postgresql:";

    @Override
    public Map<String, String> login() {
      Map<String, String> login = new LinkedHashMap<>();
      user.ifPresent(name -> login.put("user", name));
      password.ifPresent(secret -> login.put("password", secret));
      return login;
    }

    /** Without the password, and without parameters, which may hold one. */
    @Override
    public String toString() {
      int parameters = url.indexOf('?');
      return parameters < 0 ? url : url.substring(0, parameters);
    }
  }

  /** The address that a JDBC driver takes. */
  String url();

  /** The properties {@code user} and {@code password} of a JDBC driver, as far as there are any. */
  Map<String, String> login();
}
