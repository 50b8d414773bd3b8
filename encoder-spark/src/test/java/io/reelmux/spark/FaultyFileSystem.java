package io.reelmux.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Local files at {@code faulty:///}, which a chosen call that changes something fails at. */
public final class FaultyFileSystem extends RawLocalFileSystem {

  /** What happens at the chosen call. */
  enum Fault {
    /** It fails, before it has changed anything. */
    ONCE,
    /** It fails after it has changed what it should. */
    ONCE_AFTER,
    /** It and all later calls fail, as if the machine were gone. */
    FROM_THEN_ON
  }

  private static final AtomicInteger CALLS = new AtomicInteger();
  private static volatile Fault fault = Fault.ONCE;
  private static volatile int number;

  /** Chooses the call that fails, from 1; 0 for none. */
  static void failAt(int call, Fault kind) {
    CALLS.set(0);
    fault = kind;
    number = call;
  }

  /** {@return how many calls there were since the last choice} */
  static int calls() {
    return CALLS.get();
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> T count(String what, Call<T> call) throws IOException {
    int n = CALLS.incrementAndGet();
    boolean due = n == number || (n > number && number > 0 && fault == Fault.FROM_THEN_ON);
    if (due && fault != Fault.ONCE_AFTER) {
      throw new IOException("injected fault at call " + n + ", " + what);
    }
    T result = call.run();
    if (due) {
      throw new IOException("injected fault after call " + n + ", " + what);
    }
    return result;
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return count(
        "create " + file,
        () -> faulty(super.create(file, overwrite, bufferSize, replication, blockSize, progress)));
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return count(
        "create " + file,
        () ->
            faulty(
                super.createNonRecursive(
                    file, permission, flags, bufferSize, replication, blockSize, progress)));
  }

  private static FSDataOutputStream faulty(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
          }

          @Override
          public void close() throws IOException {
            try {
              count(
                  "close",
                  () -> {
                    out.close();
                    return out;
                  });
            } finally {
              out.close();
            }
          }
        },
        null);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return count("rename " + from, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return count("delete " + path, () -> super.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path directory) throws IOException {
    return count("mkdirs " + directory, () -> super.mkdirs(directory));
  }
}
