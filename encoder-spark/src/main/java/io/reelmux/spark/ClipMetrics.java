package io.reelmux.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Sums over all tasks, which Spark's UI shows while the job runs. Each task counts once, however
 * often it is attempted.
 */
final class ClipMetrics implements Serializable {
  private static final long serialVersionUID = 1;

  private final LongAccumulator clips;
  private final LongAccumulator failedClips;
  private final LongAccumulator frames;
  private final LongAccumulator bytes;
  private final DoubleAccumulator encodeSeconds;

  ClipMetrics(SparkContext spark) {
    clips = spark.longAccumulator("clips");
    failedClips = spark.longAccumulator("failed clips");
    frames = spark.longAccumulator("frames");
    bytes = spark.longAccumulator("bytes");
    encodeSeconds = spark.doubleAccumulator("encode seconds");
  }

  void add(ClipResult result) {
    if (result.failed()) {
      failedClips.add(1);
    } else {
      clips.add(1);
      frames.add(result.frames());
      bytes.add(result.bytes());
      encodeSeconds.add(result.encodeSeconds());
    }
  }
}
