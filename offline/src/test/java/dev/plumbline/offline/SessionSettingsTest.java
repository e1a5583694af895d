package dev.plumbline.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.expression.SqlSettings;
import dev.plumbline.failure.InvalidException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  private final SparkConf given = new SparkConf(false);
  private final SessionSettings settings = new SessionSettings(given);

  @Test
  void runsInThisProcessUnlessSubmitted() {
    assertThat(settings.submittedTo()).isEmpty();
    assertThat(settings.forSession(2))
        .containsEntry("spark.master", "local[2]")
        .containsEntry("spark.driver.host", "127.0.0.1");
    assertThat(settings.forSession(0)).containsEntry("spark.master", "local[*]");
  }

  @Test
  void leavesTheClusterToSparkSubmit() {
    given.set("spark.master", "spark://10.0.0.1:7077").set("spark.driver.host", "10.0.0.2");

    assertThat(settings.submittedTo()).hasValue("spark://10.0.0.1:7077");
    assertThat(settings.forSession(0))
        .doesNotContainKeys(
            "spark.master", "spark.driver.host", "spark.driver.bindAddress", "spark.ui.enabled");
  }

  @Test
  void meansTheSameThereAndHere() {
    assertThat(settings.forSession(1)).containsAllEntriesOf(SqlSettings.entries());

    given.set("spark.master", "yarn").set("spark.sql.shuffle.partitions", "200");

    assertThat(settings.forSession(1))
        .containsAllEntriesOf(SqlSettings.entries())
        .containsEntry("spark.sql.shuffle.partitions", "8");
  }

  @Test
  void refusesWhatWouldChangeValuesAndNamesAll() {
    given
        .set("spark.sql.ansi.enabled", "false")
        .set("spark.sql.session.timeZone", "UTC")
        .set("spark.sql.legacy.parseNullPartitionSpecAsStringLiteral", "true")
        .set("spark.sql.files.ignoreCorruptFiles", "true");

    assertThatThrownBy(() -> settings.forSession(1))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("spark.sql.ansi.enabled is 'false' (expected: true)")
        .hasMessageContaining("spark.sql.legacy.parseNullPartitionSpecAsStringLiteral is 'true'")
        .hasMessageContaining("spark.sql.files.ignoreCorruptFiles is 'true' (expected: not set)")
        .hasMessageContaining("spark-defaults.conf")
        .hasMessageNotContaining("timeZone");
  }

  @Test
  void leavesAProgramItsOwnSettingsBesideOurs() {
    given
        .set("spark.sql.ansi.enabled", "false")
        .set("spark.sql.files.ignoreCorruptFiles", "true")
        .set("spark.sql.parquet.outputTimestampType", "INT96");

    assertThat(settings.forSessionBeside())
        .containsEntry("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .containsAllEntriesOf(SqlSettings.entries())
        .containsEntry("spark.sql.shuffle.partitions", "8")
        .doesNotContainKeys("spark.master", "spark.ui.enabled");
  }

  @Test
  void refusesAProgramWhoseSettingsReachIntoTasks() {
    given
        .set("spark.sql.legacy.timeParserPolicy", "LEGACY")
        .set("spark.sql.legacy.charVarcharAsString", "true");

    assertThatThrownBy(settings::forSessionBeside)
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("spark.sql.legacy.charVarcharAsString is 'true' (expected: not set)")
        .hasMessageNotContaining("timeParserPolicy");
  }
}
