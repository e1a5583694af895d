package dev.plumbline.registry;

import dev.plumbline.registry.DatabaseAddress.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * New connections to one PostgreSQL database. None is kept: between two transactions of a run lie
 * minutes of work, in which a pooled one may have died unseen, and a connection costs less than
 * anything else that a run does.
 */
final class PostgresConnections implements ConnectionFactory {
  private final PostgresServer server;
  private final Properties properties = new Properties();

  /**
   * Connections under a name, which the server shows to whoever asks what it is doing.
   *
   * @param application cut by the server after 63 bytes
   */
  PostgresConnections(PostgresServer server, String application) {
    this.server = server;
    properties.putAll(server.login());
    properties.setProperty("ApplicationName", application);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", "60"); // seconds; a server that is gone says nothing
  }

  @Override
  public Connection openConnection() throws SQLException {
    return DriverManager.getConnection(server.url(), properties);
  }
}
