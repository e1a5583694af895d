package example

import dev.plumbline.spark.Plumbline
import org.apache.spark.sql.SparkSession

/** What a model would have been told about two flights; the argument is the project's folder. */
object TrainingSetExample {
  def main(arguments: Array[String]): Unit = {
    val spark = SparkSession.builder().appName("training set").getOrCreate()
    import spark.implicits._
    val labels = Seq(
      ("2001-06-14T08:00:00Z", "ATL", "ORD", 90, false),
      ("2001-06-14T17:30:00Z", "ORD", "XYZ", 45, true)
    ).toDF("asked_at", "origin", "destination", "minutes_to_departure", "late")
      .withColumn("asked_at", $"asked_at".cast("timestamp"))
    val training = Plumbline
      .open(spark, arguments(0))
      .trainingSet(labels)
      .time("asked_at")
      .service("delay_model")
      .key("origin", "code", "origin")
      .key("destination", "code", "destination")
      .build()
    training.toJSON.collect().sorted.foreach(row => println(row))
    spark.stop()
  }
}
