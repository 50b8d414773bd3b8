package io.reelmux.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark in this JVM, the same for all tests: two slots, four attempts for each task. */
final class Cluster {
  private static final JavaSparkContext SPARK = start();

  private Cluster() {}

  private static JavaSparkContext start() {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2,4]")
            .setAppName("reelmux tests")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.sql.shuffle.partitions", "2")
            // the rows are few: compiling code for them would take longer than they do
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .set("spark.sql.codegen.wholeStage", "false")
            // anything of the results that is not ours to serialize would fail
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName())
            .set("spark.hadoop.fs.faulty.impl.disable.cache", "true");
    return JavaSparkContext.fromSparkContext(org.apache.spark.SparkContext.getOrCreate(conf));
  }

  static JavaSparkContext spark() {
    return SPARK;
  }
}
