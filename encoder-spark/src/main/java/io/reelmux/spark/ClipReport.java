package io.reelmux.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * What a job has done.
 *
 * @param directory where the clips are
 * @param clips one entry for each element of the RDD, in its order
 */
public record ClipReport(String directory, List<ClipResult> clips) {
  private static final StructType SCHEMA =
      new StructType()
          .add("name", StringType, false)
          .add("path", StringType, false)
          .add("bytes", LongType, false)
          .add("frames", LongType, false)
          .add("seconds", DoubleType, false)
          .add("codec", StringType, false)
          .add("sha256", StringType, false)
          .add("encodeSeconds", DoubleType, false)
          .add("backend", StringType, false)
          .add("notes", createArrayType(StringType, false), false)
          .add("error", StringType, true);

  /** Copies the list. */
  public ClipReport {
    clips = List.copyOf(clips);
  }

  /** {@return the clips that failed} */
  public List<ClipResult> failed() {
    return clips.stream().filter(ClipResult::failed).toList();
  }

  /** {@return the number of frames of all clips} */
  public long frames() {
    return clips.stream().mapToLong(ClipResult::frames).sum();
  }

  /** {@return the size of all clips} */
  public long bytes() {
    return clips.stream().mapToLong(ClipResult::bytes).sum();
  }

  /**
   * Returns the clips as a table, with the columns that {@code manifest.jsonl} has: those of {@link
   * ClipResult}, the duration in {@code seconds}.
   *
   * @param spark the session
   * @return one row for each clip
   */
  public Dataset<Row> toDataset(SparkSession spark) {
    return spark.createDataFrame(clips.stream().map(ClipReport::row).toList(), SCHEMA);
  }

  /** Returns the lines of the manifest: one JSON object for each clip. */
  List<String> manifest() {
    return clips.stream().map(clip -> row(clip).json()).toList();
  }

  private static Row row(ClipResult clip) {
    Object[] values = {
      clip.name(),
      clip.path(),
      clip.bytes(),
      clip.frames(),
      clip.duration().toNanos() / 1e9,
      clip.codec(),
      clip.sha256(),
      clip.encodeSeconds(),
      clip.backend(),
      clip.notes().toArray(new String[0]),
      clip.error()
    };
    return new GenericRowWithSchema(values, SCHEMA);
  }
}
