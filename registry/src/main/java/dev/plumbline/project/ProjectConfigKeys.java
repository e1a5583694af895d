package dev.plumbline.project;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import java.util.List;
import java.util.stream.Stream;

/** What {@code plumb.yaml} may say. */
final class ProjectConfigKeys {
  static final Key PROJECT =
      Key.optional(
          "project",
          Form.NAME,
          "The registry and the key space; the folder's name unless set, other characters as _.");
  static final Key NOW =
      Key.optional("now", Form.INSTANT, "The instant at which time stands still; else the clock.");
  static final Key WAREHOUSE =
      Key.optional(
          "warehouse",
          Form.TEXT,
          "The offline store: a path, or an address; "
              + ProjectConfig.DEFAULT_WAREHOUSE
              + " unless set.");
  static final Key USER = Key.optional("user", Form.TEXT, "Who we are there.");
  static final Key PASSWORD_ENV =
      Key.optional("password_env", Form.TEXT, "The environment variable that holds the password.");
  static final Key PASSWORD_FILE =
      Key.optional("password_file", Form.TEXT, "The file that holds the password.");
  static final Key DATABASE =
      Key.required(
          "address",
          Form.TEXT,
          ProjectConfig.DEFAULT_METADATA,
          "The path of a SQLite file, or jdbc:postgresql://host:port/database.");
  static final Keys METADATA_LOGIN =
      Keys.of("metadata", DATABASE, USER, PASSWORD_ENV, PASSWORD_FILE);
  static final Key METADATA =
      Key.optional(
          "metadata",
          Form.either(Form.TEXT, new Form.Mapping(METADATA_LOGIN)),
          "Revisions, ledger, datasets: the path of a SQLite file, or a PostgreSQL; "
              + ProjectConfig.DEFAULT_METADATA
              + " unless set.");
  static final Key STORE =
      Key.required("address", Form.TEXT, "localhost:6379", "host:port, or an address of Redis.");
  static final Key TLS = Key.optional("tls", Form.FLAG, "Whether to talk to it through TLS.");
  static final Keys REDIS_LOGIN = Keys.of("redis", STORE, USER, PASSWORD_ENV, PASSWORD_FILE, TLS);
  static final Key REDIS =
      Key.optional(
          "redis",
          Form.either(Form.TEXT, new Form.Mapping(REDIS_LOGIN)),
          "The online store; unless set, one of our own on this machine.");
  static final Key SERVER =
      Key.optional(
          "server",
          Form.TEXT,
          "Where the feature server listens, and is asked; "
              + ProjectConfig.DEFAULT_SERVER
              + " unless set.");
  static final Key URL = Key.optional("url", Form.DATABASE, "The address of the database.");
  static final Key TABLE = Key.optional("table", Form.TEXT, "Its table.");
  static final Keys BOUND = Keys.of("bind", URL, TABLE, USER, PASSWORD_ENV, PASSWORD_FILE);
  static final Key BIND =
      Key.optional(
          "bind",
          new Form.MapOf(
              Form.NAME, Form.either(Form.TEXT, Form.listOf(Form.TEXT), new Form.Mapping(BOUND))),
          "From a source to the place where its data lies instead, or places.");

  /** What an environment may say too. */
  private static final List<Key> SETTINGS =
      List.of(PROJECT, NOW, WAREHOUSE, METADATA, REDIS, SERVER, BIND);

  static final Keys ENVIRONMENT = new Keys("environment", false, SETTINGS);
  static final Key ENVIRONMENTS =
      Key.optional(
          "environments",
          new Form.MapOf(Form.TEXT, new Form.Mapping(ENVIRONMENT)),
          "From a name, for --env, to what takes the place of the settings outside.");
  static final Keys ALL =
      new Keys(
          ProjectConfigReader.FILE,
          false,
          Stream.concat(SETTINGS.stream(), Stream.of(ENVIRONMENTS)).toList());

  private ProjectConfigKeys() {}
}
