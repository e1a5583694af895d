package dev.plumbline.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.vector.UnknownNameException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training sets in a session that is not ours, with other settings than ours. */
class TrainingSetIT {
  @TempDir static Path folder;
  private static PaymentsProject project;
  private static SparkSession spark;
  private static Plumbline plumbline;

  @BeforeAll
  static void open() throws IOException {
    project = PaymentsProject.in(folder);
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("somebody's own")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.ansi.enabled", "false")
            .config("spark.sql.caseSensitive", "true")
            .config("spark.sql.session.timeZone", "Europe/Berlin")
            .getOrCreate();
    plumbline = Plumbline.open(spark, folder.toString());
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void hasTheRowsOfTheDatasetThatTheCommandLineBuilds() {
    Dataset<Row> built = spark.read().parquet(project.dataset().resolve("split=train").toString());

    Dataset<Row> training = ofModel(questions()).build();

    assertThat(training.columns()).containsExactlyInAnyOrder(built.columns());
    assertThat(texts(training, built.columns())).isEqualTo(texts(built, built.columns()));
    assertThat(training.count()).isEqualTo(4);
  }

  @Test
  void keepsTheLabelsAndAddsValuesAndStatuses() {
    Dataset<Row> training = ofModel(questions()).build();

    assertThat(training.columns())
        .containsExactly(
            "asked",
            "id",
            "other",
            "amount",
            "late",
            "payer__total",
            "payee__total",
            "share__of_total",
            "payer__spend__status",
            "payee__spend__status",
            "share__of_total__status");
    assertThat(texts(training, "id", "other", "payer__total", "payee__total", "share__of_total"))
        .containsExactly(
            "[1,2,2.5,8.0,2.0]",
            "[1,2,2.5,8.0,2.0]",
            "[1,3,4.0,0.0,1.25]",
            "[2,null,null,0.0,null]");
    assertThat(texts(training, "other", "payee__spend__status"))
        .containsExactly("[2,PRESENT]", "[2,PRESENT]", "[3,MISSING]", "[null,MISSING]");
  }

  @Test
  void doesNotTouchLabelColumnsOfAnyType() {
    String[] kept = {
      "cast(amount as decimal(38, 10)) / 3 as price",
      "array(id, null, amount) as list",
      "named_struct('a', id, 'b', array('x', null)) as pair",
      "map('k', amount) as table",
      "cast('\u00e9' as binary) as bytes",
      "cast('nan' as double) as nan",
      "timestamp_ntz '2026-03-29 02:30:00' as hour_that_was_not",
      "interval 3 months as quarter",
      "cast(null as string) as nothing"
    };
    String[] names = {
      "hex(bytes)",
      "price",
      "list",
      "pair",
      "table",
      "nan",
      "hour_that_was_not",
      "quarter",
      "nothing"
    };
    Dataset<Row> labels = questions().selectExpr(concat(new String[] {"*"}, kept));

    Dataset<Row> training = ofModel(labels).build();

    assertThat(training.select("price", "list", "pair", "table", "bytes").schema())
        .isEqualTo(labels.select("price", "list", "pair", "table", "bytes").schema());
    assertThat(texts(training, names)).isEqualTo(texts(labels, names)).hasSize(4);
  }

  private static String[] concat(String[] first, String[] second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
  }

  @Test
  void livesInTheSessionThatWasGivenAndChangesNothingThere() {
    Map<String, String> before = settings();

    Dataset<Row> training = ofModel(questions()).build();
    training.createOrReplaceTempView("training");

    assertThat(training.sparkSession()).isSameAs(spark);
    assertThat(spark.sql("select * from training where payer__total > 3").count()).isEqualTo(1);
    assertThat(settings()).isEqualTo(before);
  }

  @Test
  void takesReferencesAndLeavesOutStatuses() {
    Dataset<Row> training =
        plumbline
            .trainingSet(questions().withColumn("office", lit("south")))
            .time("asked")
            .features("payer:total@1", "branch:busiest@1", "share:of_total@1")
            .key("payer", "id", "id")
            .key("branch", "code", "office")
            .withoutStatus()
            .build();

    assertThat(training.columns())
        .endsWith("office", "payer__total", "branch__busiest", "share__of_total");
    assertThat(texts(training, "payer__total", "branch__busiest", "share__of_total"))
        .containsExactly("[2.5,null,2.0]", "[2.5,null,2.0]", "[4.0,4.0,1.25]", "[null,null,null]");
  }

  @Test
  void findsOutWhichEntityARoleIsUnlessThereAreSeveral() {
    TrainingSet set =
        plumbline
            .trainingSet(questions())
            .time("asked")
            .features(List.of("payee:payments@1"))
            .key("payee", "id", "other");

    assertThatThrownBy(set::build)
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "features: 'payee:payments@1' may be of the entities account, branch (expected: one); say which the role 'payee' stands for");

    assertThat(texts(set.role("payee", "account").build(), "payee__payments"))
        .containsExactly("[1]", "[1]", "[null]", "[null]");
  }

  @Test
  void readsTheLogAsItStood() {
    Dataset<Row> newest = ofModel(questions()).build();
    Dataset<Row> earlier = ofModel(questions()).asOf(PaymentsProject.BETWEEN.toString()).build();

    assertThat(texts(newest.where("other = 3"), "payer__total")).containsExactly("[4.0]");
    assertThat(texts(earlier.where("other = 3"), "payer__total")).containsExactly("[2.5]");
    assertThatThrownBy(() -> ofModel(questions()).asOf("2026-02-01T00:00:00Z").build())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("spend@1 has no run that was over at 2026-02-01T00:00:00Z");
  }

  @Test
  void refusesLabelsBeforeTheFeaturesUnlessAllowed() {
    Dataset<Row> early =
        questions().selectExpr("asked - interval 1 day as asked", "id", "other", "amount");
    TrainingSet set = ofModel(early);

    assertThatThrownBy(set::build)
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "labels: 4 of 4 labels lie before 2026-03-01T08:00:00Z, the first refresh of its features, and would be MISSING; backfill from an earlier time, or call allowBeforeCoverage()");

    assertThat(texts(set.allowBeforeCoverage().build(), "payer__spend__status"))
        .containsOnly("[MISSING]");
  }

  @Test
  void refusesLabelsThatNobodyCanAnswer() {
    refused(
        () ->
            ofModel(questions().withColumn("asked", lit(PaymentsProject.NOW.plusSeconds(1))))
                .build(),
        "labels: 4 labels lie after 2026-03-02T00:00:00Z");
    refused(
        () -> ofModel(questions().withColumn("asked", lit(null).cast("timestamp"))).build(),
        "labels: 4 labels have no asked");
    refused(() -> ofModel(questions().where("id > 7")).build(), "labels: there is none");
  }

  @Test
  void saysWhichColumnsItNeeds() {
    refused(
        () -> plumbline.trainingSet(questions()).service("model").build(),
        "name it with time(\"column\")");
    refused(
        () -> ofModel(questions()).time("askd").build(),
        "labels: no column 'askd', for the time of labels; did you mean 'asked'?");
    refused(
        () -> ofModel(questions()).time("amount").build(),
        "labels: column 'amount' is of type INT (expected: timestamp)");
    refused(
        () -> ofModel(questions()).key("payee", "id", "to").build(),
        "labels: no column 'to', for key 'id' of role 'payee'");
    refused(
        () -> plumbline.trainingSet(questions()).time("asked").service("model").build(),
        "roles 'payer' and 'payee' are both of entity 'account'");
    refused(
        () -> ofModel(questions().withColumn("id", col("id").cast("string"))).build(),
        "labels: column 'id' is of type STRING, but is key 'id' of role 'payer'");
    refused(
        () -> ofModel(questions().drop("amount")).build(),
        "labels: no column 'amount', for request value 'amount'");
    refused(
        () -> ofModel(questions().withColumn("Payer__Total", lit(1))).build(),
        "label column 'Payer__Total' has the name of a column of the join");
    refused(
        () -> ofModel(questions().withColumn("ID", lit(1))).build(),
        "labels: columns 'id' and 'ID' have one name");
  }

  @Test
  void saysWhatCanBeAskedFor() {
    refused(() -> plumbline.trainingSet(questions()).time("asked").build(), "no features");
    refused(() -> ofModel(questions()).features("payer:total@1").build(), "both are asked for");
    refused(() -> ofModel(questions()).role("payer", "account").build(), "leave out role(...)");
    refused(() -> ofFeatures("payer:total"), "the newest is @1");
    refused(() -> ofFeatures("total"), "'total' is no reference");
    refused(() -> ofFeatures("payer:total@1", "payer:total@1"), "listed twice");
    refused(() -> ofModel(questions()).asOf("yesterday"), "'yesterday' is no instant");
    unknown(() -> ofModel(questions()).service("modle").build(), "did you mean 'model'?");
    unknown(() -> ofFeatures("payer:totals@1"), "unknown feature 'totals@1'");
    unknown(() -> ofModel(questions()).key("payre", "id", "id").build(), "unknown role 'payre'");
    unknown(() -> ofModel(questions()).key("payer", "di", "id").build(), "'di'");
    unknown(() -> ofModelless().role("payer", "acount").build(), "did you mean 'account'?");
  }

  @Test
  void opensAProjectAtAnotherTime() {
    PlumblineConfig config = PlumblineConfig.of(folder);

    refused(
        () ->
            ofModel(Plumbline.open(spark, config.withNow("2026-03-01T13:00:00Z")), questions())
                .build(),
        "labels: 1 labels lie after 2026-03-01T13:00:00Z");
    refused(() -> Plumbline.open(spark, config.withNow("9026-03-01T13:00:00Z")), "is yet to come");
    refused(
        () -> Plumbline.open(spark, config.withNow("0827-12-31T00:00:00Z")),
        "the clock is frozen at 0827-12-31T00:00:00Z (expected: an instant from 0828-04-17T00:49:41.036032Z to 3111-09-16T23:10:18.963967Z");
    assertThatThrownBy(() -> Plumbline.open(spark, config.withEnvironment("moon")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("moon");
    assertThatThrownBy(() -> Plumbline.open(spark, folder.resolve("nowhere").toString()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("is no project");
  }

  @Test
  void refusesASessionOfLegacyMeaning() {
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.legacy.typeCoercion.datetimeToString.enabled", "true");

    refused(
        () -> Plumbline.open(other, folder.toString()),
        "spark.sql.legacy.typeCoercion.datetimeToString.enabled is 'true' (expected: not set); unset them in this session");
  }

  private static TrainingSet ofModel(Dataset<Row> labels) {
    return ofModel(plumbline, labels);
  }

  private static TrainingSet ofModel(Plumbline opened, Dataset<Row> labels) {
    return opened.trainingSet(labels).time("asked").service("model").key("payee", "id", "other");
  }

  private static TrainingSet ofModelless() {
    return plumbline.trainingSet(questions()).time("asked").features("payer:total@1");
  }

  private static Dataset<Row> ofFeatures(String... references) {
    return plumbline.trainingSet(questions()).time("asked").features(references).build();
  }

  /** Labels as the program reads them, in its own zone. */
  private static Dataset<Row> questions() {
    return spark
        .read()
        .option("header", "true")
        .schema("asked timestamp, id int, other int, amount int, late boolean")
        .csv(folder.resolve("questions.csv").toString());
  }

  private static List<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    spark.conf().getAll().foreach(setting -> settings.put(setting._1(), setting._2()));
    return settings;
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(InvalidException.class).hasMessageContaining(message);
  }

  private static void unknown(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UnknownNameException.class).hasMessageContaining(message);
  }
}
