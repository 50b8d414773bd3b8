package io.reelmux.spark;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Writes rows of frames as clips: the format {@code reelmux}. Each row has the name of its clip,
 * the frame's number, and the frame as an image file.
 *
 * <pre>{@code
 * frames.write()
 *     .format("reelmux")
 *     .option("clip", "camera")      // columns: a string,
 *     .option("order", "number")     // an integer,
 *     .option("image", "png")        // and bytes, in any format that ImageIO reads
 *     .option("frameRate", "30000/1001")
 *     .mode("append")
 *     .save("hdfs:///clips");
 * }</pre>
 *
 * <p>Rows may come in any order: the format has Spark sort them, by a shuffle, into as many
 * partitions as {@code partitions} says, the slots of the cluster by default. A clip begins with
 * any number; from then on, a number that is missing or there twice fails the job. So does a clip
 * that cannot be encoded. The directory is empty or does not exist, and the clips are published as
 * {@link Clips} does.
 *
 * <p>Options besides these: {@code extension}, the container ({@code mp4}), {@code codec}, {@code
 * crf} and {@code preset}, as in {@link io.reelmux.VideoOptions}. Others are refused.
 *
 * <p>Frames travel through the shuffle, and again when an executor is lost. Where executors can
 * make or read them, {@link Clips} needs none.
 */
public final class ReelmuxDataSource implements TableProvider, DataSourceRegister {

  /** Creates the source; Spark does so by the format's name. */
  public ReelmuxDataSource() {}

  @Override
  public String shortName() {
    return "reelmux";
  }

  /**
   * Refuses to read.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    throw new UnsupportedOperationException(
        "the format reelmux writes only: read clips with io.reelmux.reader, and their list with the"
            + " format json, from manifest.jsonl");
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new FrameTable(schema);
  }

  private record FrameTable(StructType rows) implements SupportsWrite {
    @Override
    public String name() {
      return "reelmux";
    }

    @Override
    @SuppressWarnings("deprecation") // what replaces it is not public for Java
    public StructType schema() {
      return rows;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return EnumSet.of(TableCapability.BATCH_WRITE);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
      FrameColumns columns = FrameColumns.of(info.schema(), info.options());
      return new WriteBuilder() {
        @Override
        public Write build() {
          return new FrameWrite(columns);
        }
      };
    }
  }
}
