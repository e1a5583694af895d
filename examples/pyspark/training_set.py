# spark-submit --jars plumbline-spark.jar training_set.py PROJECT
import sys
from pyspark.sql import DataFrame, SparkSession

spark = SparkSession.builder.appName("training set").getOrCreate()
labels = spark.createDataFrame(
    [("2001-06-14T08:00:00Z", "ATL", "ORD", 90, False), ("2001-06-14T17:30:00Z", "ORD", "XYZ", 45, True)],
    ["asked_at", "origin", "destination", "minutes_to_departure", "late"])
labels = labels.withColumn("asked_at", labels.asked_at.cast("timestamp"))
plumbline = spark._jvm.dev.plumbline.spark.Plumbline.open(spark._jsparkSession, sys.argv[1])
asked = plumbline.trainingSet(labels._jdf).time("asked_at").service("delay_model")
asked = asked.key("origin", "code", "origin").key("destination", "code", "destination")
training = DataFrame(asked.build(), spark)
print(*sorted(training.toJSON().collect()), sep="\n")
