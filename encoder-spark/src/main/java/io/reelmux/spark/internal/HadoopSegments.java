package io.reelmux.spark.internal;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.reelmux.SegmentInfo;
import io.reelmux.SegmentKind;
import io.reelmux.SegmentStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * Segments and playlists in a {@link DatasetDirectory}: invisible until all of them are published,
 * those that name others last.
 */
public final class HadoopSegments implements SegmentStore {
  private static final StructType SCHEMA =
      new StructType().add("name", StringType, false).add("bytes", LongType, false);

  private final DatasetDirectory directory;
  private final Map<String, Stored> objects = new TreeMap<>();
  private int next;

  private record Stored(String attempt, SegmentKind kind, long bytes) {}

  /** Begins without objects. */
  public HadoopSegments(DatasetDirectory directory) {
    this.directory = directory;
  }

  /** {@return what is to be published, in order: what others name, and what names them} */
  public List<List<Publication>> publications() {
    List<List<Publication>> stages =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    objects.forEach(
        (name, stored) -> {
          int stage =
              switch (stored.kind()) {
                case INIT, SEGMENT, PART -> 0;
                case MEDIA_PLAYLIST -> 1;
                default -> 2;
              };
          stages.get(stage).add(new Publication(stored.attempt(), name));
        });
    return stages;
  }

  /** {@return the lines of the manifest: one JSON object for each file} */
  public List<String> manifest() {
    List<String> lines = new ArrayList<>();
    objects.forEach(
        (name, stored) ->
            lines.add(
                new GenericRowWithSchema(new Object[] {name, stored.bytes()}, SCHEMA).json()));
    return lines;
  }

  @Override
  public Entry create(String name, SegmentInfo info) throws IOException {
    SegmentStore.checkName(name);
    String attempt = "object-" + next++;
    return new FileEntry(name, info.kind(), attempt);
  }

  @Override
  public void delete(String name) throws IOException {
    Stored stored = objects.remove(name);
    if (stored == null) {
      throw new FileNotFoundException(name);
    }
    directory.drop(stored.attempt());
  }

  private final class FileEntry implements Entry {
    private final String name;
    private final SegmentKind kind;
    private final String attempt;
    private final OutputStream out;
    private final WritableByteChannel channel;
    private long bytes;
    private boolean open = true;
    private boolean committed;

    FileEntry(String name, SegmentKind kind, String attempt) throws IOException {
      this.name = name;
      this.kind = kind;
      this.attempt = attempt;
      this.out = directory.create(attempt, name);
      this.channel = Channels.newChannel(out);
    }

    @Override
    public void write(ByteBuffer data) throws IOException {
      bytes += data.remaining();
      while (data.hasRemaining()) {
        channel.write(data);
      }
    }

    @Override
    public void commit() throws IOException {
      out.close();
      committed = true;
      Stored before = objects.put(name, new Stored(attempt, kind, bytes));
      if (before != null) {
        directory.drop(before.attempt());
      }
    }

    @Override
    public void close() throws IOException {
      if (open && !committed) {
        open = false;
        try {
          out.close();
        } finally {
          directory.drop(attempt);
        }
      }
    }
  }
}
