package io.reelmux.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Sums over all tasks, which Spark's UI shows while the job runs. */
final class CutMetrics implements Serializable {
  private static final long serialVersionUID = 1;

  private final LongAccumulator frames;
  private final LongAccumulator bytes;
  private final DoubleAccumulator encodeSeconds;

  CutMetrics(SparkContext spark) {
    frames = spark.longAccumulator("frames");
    bytes = spark.longAccumulator("bytes");
    encodeSeconds = spark.doubleAccumulator("encode seconds");
  }

  void add(CutPart part) {
    if (part.chunk() != null) {
      frames.add(part.chunk().packets());
      bytes.add(part.chunk().bytes());
    }
    encodeSeconds.add(part.time().toNanos() / 1e9);
  }
}
