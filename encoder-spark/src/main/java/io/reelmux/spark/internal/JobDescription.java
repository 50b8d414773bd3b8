package io.reelmux.spark.internal;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What Spark's UI shows of the jobs of a thread. */
public final class JobDescription {
  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Runs jobs with a description, unless the program has set one itself. */
  public static <T> T during(SparkContext spark, String text, Supplier<T> jobs) {
    String before = spark.getLocalProperty(PROPERTY);
    if (before != null) {
      return jobs.get();
    }
    spark.setLocalProperty(PROPERTY, text);
    try {
      return jobs.get();
    } finally {
      spark.setLocalProperty(PROPERTY, null);
    }
  }
}
