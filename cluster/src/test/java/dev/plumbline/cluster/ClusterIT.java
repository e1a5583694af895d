package dev.plumbline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.registry.TestingPostgres;
import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled flights by {@code spark-submit} on a standalone cluster that loses a worker, its
 * ledger and catalog on PostgreSQL; and the same on this machine alone.
 */
class ClusterIT {
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir static Path folder;

}
