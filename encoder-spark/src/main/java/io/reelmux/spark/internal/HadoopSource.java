package io.reelmux.spark.internal;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of a Hadoop file system as a source of a reader. */
public final class HadoopSource implements ByteSource {
  private static final int MAX_READ = 1 << 20;

  private final FSDataInputStream in;
  private final long size;
  private final String name;

  private HadoopSource(FSDataInputStream in, long size, String name) {
    this.in = in;
    this.size = size;
    this.name = name;
  }

  /** Opens a file. The caller closes the source. */
  public static HadoopSource open(String file, Configuration configuration) throws IOException {
    Path path = new Path(file);
    FileSystem files = HadoopFiles.of(path, configuration);
    long size = files.getFileStatus(path).getLen();
    return new HadoopSource(files.open(path), size, file);
  }

  @Override
  public long size() {
    return size;
  }

  /** Does not move the stream's own position, so that several threads may read. */
  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    byte[] bytes = new byte[Math.min(target.remaining(), MAX_READ)];
    int count = in.read(position, bytes, 0, bytes.length);
    if (count > 0) {
      target.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
