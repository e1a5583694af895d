/**
 * Training sets in the Spark session of another program: {@link dev.plumbline.spark.Plumbline} is
 * where to begin. Everything public here is for Java and Scala, and by its plain types for Python
 * through the JVM gateway of PySpark.
 */
@NullMarked
package dev.plumbline.spark;

import org.jspecify.annotations.NullMarked;
