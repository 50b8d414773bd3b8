package io.reelmux.spark;

import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.spark.internal.KillWatch;
import io.reelmux.spark.internal.StoredFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.jspecify.annotations.Nullable;

/** Encodes the clips of a partition, whose rows come clip by clip and in order. */
final class FrameWriter implements DataWriter<InternalRow> {
  private final FrameColumns columns;
  private final String directory;
  private final String attempts;
  private final Configuration hadoop;
  private final ClipMetrics metrics;
  private final TaskContext context = TaskContext.get();
  private final KillWatch watch = KillWatch.of(context);
  private final Path scratch;
  private final List<TaskResult.Clip> done = new ArrayList<>();
  private @Nullable OpenClip open;

  FrameWriter(
      FrameColumns columns,
      String directory,
      String attempts,
      Configuration hadoop,
      ClipMetrics metrics) {
    this.columns = columns;
    this.directory = directory;
    this.attempts = attempts;
    this.hadoop = hadoop;
    this.metrics = metrics;
    try {
      scratch = Files.createTempDirectory("reelmux-clip");
    } catch (IOException e) {
      watch.close();
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The clip whose rows come now. */
  private final class OpenClip {
    private final String name;
    private final Path local;
    private final ClipAttempt attempt;
    private final VideoStream video;
    private final long start = System.nanoTime();
    private long next;

    OpenClip(String name, long first, BufferedImage image) throws IOException {
      this.name = name;
      this.next = first;
      local = scratch.resolve("clip." + columns.extension());
      attempt = new ClipAttempt(local, context, watch, hadoop);
      Encoder encoder = Encoder.create();
      video =
          encoder.addVideo(columns.options(image.getWidth(), image.getHeight(), context.cpus()));
      attempt.open(encoder);
    }

    void add(long number, BufferedImage image) throws IOException {
      if (number != next) {
        throw new IOException(
            "clip '"
                + name
                + "': after frame "
                + (next - 1)
                + " comes frame "
                + number
                + (number < next ? ", which is there twice" : ": some are missing"));
      }
      next++;
      video.addFrame(VideoFrame.of(image));
    }

    void finish() throws IOException {
      attempt.finish();
      double seconds = (System.nanoTime() - start) / 1e9;
      String file = context.taskAttemptId() + "-" + done.size() + "." + columns.extension();
      var target = new org.apache.hadoop.fs.Path(directory, name);
      StoredFile stored =
          StoredFile.copy(local, new org.apache.hadoop.fs.Path(attempts, file), target, hadoop);
      ClipResult result =
          attempt.result(name, target.toString(), stored.bytes(), stored.sha256(), seconds);
      done.add(new TaskResult.Clip(file, result));
      metrics.add(result);
      close();
    }

    void close() throws IOException {
      attempt.close();
      Files.deleteIfExists(local);
    }
  }

  @Override
  public void write(InternalRow row) throws IOException {
    if (row.isNullAt(columns.clipIndex())
        || row.isNullAt(columns.orderIndex())
        || row.isNullAt(columns.imageIndex())) {
      throw new IOException("a row lacks its clip, its number or its image: filter such rows");
    }
    String name = row.getUTF8String(columns.clipIndex()) + "." + columns.extension();
    long number =
        columns.longOrder() ? row.getLong(columns.orderIndex()) : row.getInt(columns.orderIndex());
    BufferedImage image = image(row.getBinary(columns.imageIndex()), name, number);
    OpenClip clip = open;
    if (clip == null || !clip.name.equals(name)) {
      finishOpen();
      ClipNames.check(List.of(name));
      clip = new OpenClip(name, number, image);
      open = clip;
    }
    clip.add(number, image);
  }

  private static BufferedImage image(byte[] bytes, String clip, long number) throws IOException {
    BufferedImage image =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
    if (image == null) {
      throw new IOException("clip '" + clip + "': frame " + number + " is not an image");
    }
    return image;
  }

  private void finishOpen() throws IOException {
    OpenClip clip = open;
    if (clip != null) {
      clip.finish();
      open = null;
    }
  }

  @Override
  public WriterCommitMessage commit() throws IOException {
    finishOpen();
    return new FrameWrite.Message(new TaskResult(done));
  }

  /** The driver deletes the files. */
  @Override
  public void abort() {}

  @Override
  public void close() throws IOException {
    OpenClip clip = open;
    try {
      if (clip != null) {
        clip.close();
      }
    } finally {
      watch.close();
      Files.deleteIfExists(scratch);
    }
  }
}
