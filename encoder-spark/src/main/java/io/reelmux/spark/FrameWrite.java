package io.reelmux.spark;

import static org.apache.spark.sql.connector.expressions.Expressions.column;
import static org.apache.spark.sql.connector.expressions.Expressions.sort;

import io.reelmux.spark.internal.DatasetDirectory;
import io.reelmux.spark.internal.ObjectBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A job that writes rows of frames: which rows a task gets, and in which order, and what is
 * published when all tasks have ended.
 */
final class FrameWrite implements RequiresDistributionAndOrdering {
  private final FrameColumns columns;

  FrameWrite(FrameColumns columns) {
    this.columns = columns;
  }

  @Override
  public Distribution requiredDistribution() {
    return Distributions.clustered(new Expression[] {column(columns.clip())});
  }

  @Override
  public SortOrder[] requiredOrdering() {
    return new SortOrder[] {
      sort(column(columns.clip()), SortDirection.ASCENDING),
      sort(column(columns.order()), SortDirection.ASCENDING)
    };
  }

  /** Without it, adaptive execution makes one task of a data set that has few bytes. */
  @Override
  public int requiredNumPartitions() {
    return columns.partitions() > 0 ? columns.partitions() : spark().defaultParallelism();
  }

  private static SparkContext spark() {
    return SparkSession.active().sparkContext();
  }

  @Override
  public BatchWrite toBatch() {
    try {
      DatasetDirectory target =
          DatasetDirectory.begin(columns.directory(), spark().hadoopConfiguration());
      return new Batch(columns, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a task reports. Bytes, for the same reason as in {@link ObjectBytes}. */
  static final class Message implements WriterCommitMessage {
    private static final long serialVersionUID = 1;
    private final byte[] result;

    Message(TaskResult result) throws IOException {
      this.result = ObjectBytes.of(result);
    }
  }

  private record Batch(FrameColumns columns, DatasetDirectory target) implements BatchWrite {

    @Override
    public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
      Broadcast<SerializableConfiguration> configuration =
          JavaSparkContext.fromSparkContext(spark())
              .broadcast(new SerializableConfiguration(spark().hadoopConfiguration()));
      ClipMetrics metrics = new ClipMetrics(spark());
      String directory = target.path().toString();
      String attempts = target.attempts().toString();
      FrameColumns chosen = columns;
      return (partition, task) ->
          new FrameWriter(chosen, directory, attempts, configuration.value().value(), metrics);
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
      List<TaskResult.Clip> done = new ArrayList<>();
      for (WriterCommitMessage message : messages) {
        done.addAll(ObjectBytes.read(((Message) message).result, TaskResult.class).clips());
      }
      try {
        ClipNames.check(done.stream().map(clip -> clip.result().name()).toList());
        Clips.publish(done, target, ClipOptions.DEFAULT);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void abort(WriterCommitMessage[] messages) {
      IOException reason = new IOException("the job failed");
      target.abort(reason);
      if (reason.getSuppressed().length > 0) {
        throw new UncheckedIOException(reason);
      }
    }
  }
}
