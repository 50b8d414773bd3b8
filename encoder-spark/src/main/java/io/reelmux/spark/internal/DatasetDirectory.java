package io.reelmux.spark.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory in which the files of a job appear together, or not at all.
 *
 * <pre>
 *  DIRECTORY/_reelmux/JOB/ATTEMPT-N.mp4   what task attempts write; no two write the same file
 *  DIRECTORY/_reelmux/JOB/publishing      the names that are about to appear
 *  DIRECTORY/NAME                         a file, renamed from that of the attempt that counts
 *  DIRECTORY/manifest.jsonl               what the files are
 *  DIRECTORY/_SUCCESS                     all of the above is complete
 * </pre>
 *
 * <p>Only the driver publishes. It knows which attempts count, because Spark gives it one result
 * for each partition. A job that fails takes back what it has published. If the driver dies
 * meanwhile, {@code publishing} tells the next job what it has to take back. Used by one thread.
 */
public final class DatasetDirectory {

  /** The name of the manifest, which no clip may have. */
  public static final String MANIFEST = "manifest.jsonl";

  private static final String WORK = "_reelmux";
  private static final String SUCCESS = "_SUCCESS";
  private static final String JOURNAL = "publishing";

  private final FileSystem files;
  private final Path directory;
  private final Path job;
  private boolean journalIsNeeded;

  private DatasetDirectory(FileSystem files, Path directory, Path job) {
    this.files = files;
    this.directory = directory;
    this.job = job;
  }

  /**
   * Prepares a directory, which is created if necessary, for a job. Takes back what an earlier job
   * left whose driver died.
   *
   * @throws FileAlreadyExistsException if it holds a complete data set, or anything that no job has
   *     left there; nothing has been changed
   */
  public static DatasetDirectory begin(String name, Configuration configuration)
      throws IOException {
    Path path = new Path(name);
    FileSystem files = HadoopFiles.of(path, configuration);
    Path directory = files.makeQualified(path);
    if (files.exists(new Path(directory, SUCCESS))) {
      throw new FileAlreadyExistsException(
          directory + " holds a complete data set: choose another directory, or delete it");
    }
    rollBackDeadJobs(files, directory);
    PendingFile.abortAll(files, directory);
    Path job = new Path(new Path(directory, WORK), UUID.randomUUID().toString());
    HadoopFiles.mkdirs(files, job);
    return new DatasetDirectory(files, directory, job);
  }

  private static void rollBackDeadJobs(FileSystem files, Path directory) throws IOException {
    Path work = new Path(directory, WORK);
    List<String> published = new ArrayList<>();
    boolean wasPublishing = false;
    for (FileStatus dead : HadoopFiles.list(files, work)) {
      Path journal = new Path(dead.getPath(), JOURNAL);
      if (files.exists(journal)) {
        wasPublishing = true;
        published.addAll(lines(files, journal));
      }
    }
    if (wasPublishing) {
      Set<String> known = new HashSet<>(List.of(WORK, MANIFEST));
      published.forEach(name -> known.add(name.split("/", 2)[0]));
      requireOnly(files, directory, known);
      takeBack(files, directory, published);
    }
    requireOnly(files, directory, Set.of(WORK));
    HadoopFiles.delete(files, work);
  }

  private static List<String> lines(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static void requireOnly(FileSystem files, Path directory, Set<String> names)
      throws IOException {
    for (FileStatus entry : HadoopFiles.list(files, directory)) {
      if (!names.contains(entry.getPath().getName())) {
        throw new FileAlreadyExistsException(
            directory
                + " is not empty, it has "
                + entry.getPath().getName()
                + ": choose an empty or a new directory");
      }
    }
  }

  /** {@return the directory, with the name of its file system} */
  public Path path() {
    return directory;
  }

  /** Creates a file for a later publication of this attempt and name. */
  OutputStream create(String attempt, String name) throws IOException {
    return PendingFile.create(files, new Path(job, attempt), new Path(directory, name));
  }

  /** Deletes a file that is not to be published. */
  void drop(String attempt) throws IOException {
    HadoopFiles.delete(files, new Path(job, attempt));
  }

  /**
   * Returns where task attempts write. It exists while the job runs; attempts must not create it,
   * so that those that outlive the job cannot leave anything.
   */
  public Path attempts() {
    return job;
  }

  /**
   * Publishes files, then the manifest, then {@code _SUCCESS}. If that fails, the directory is as
   * it was before the job.
   *
   * @param stages files, each with another name; those of a stage appear after all of the one
   *     before
   * @param manifest its lines
   * @param threads how many files are renamed at once
   */
  public void publish(List<List<Publication>> stages, List<String> manifest, int threads)
      throws IOException {
    List<String> names = stages.stream().flatMap(List::stream).map(Publication::name).toList();
    try {
      write(files.create(new Path(job, JOURNAL), true), names);
      makeParents(names);
      for (List<Publication> complete : stages) {
        rename(complete, threads);
      }
      Path written = new Path(job, MANIFEST);
      write(create(MANIFEST, MANIFEST), manifest);
      PendingFile.publish(files, written, new Path(directory, MANIFEST));
      write(files.create(new Path(directory, SUCCESS), true), List.of());
    } catch (Throwable e) {
      try {
        takeBack(files, directory, names);
      } catch (IOException left) {
        e.addSuppressed(left);
        journalIsNeeded = true;
        throw e;
      }
      abort(e);
      throw e;
    }
    // uploads of attempts that do not count are left to the store's rules: a store that confuses
    // uploads to one name would delete what has been published
    HadoopFiles.deleteLeftover(files, new Path(directory, WORK));
  }

  /**
   * Gives up: deletes what attempts have written. A failure of that becomes part of the reason. If
   * something that was published could not be taken back, all is left to the next job.
   */
  public void abort(Throwable reason) {
    if (journalIsNeeded) {
      return;
    }
    try {
      PendingFile.abortAll(files, directory);
      HadoopFiles.delete(files, new Path(directory, WORK));
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void write(OutputStream file, List<String> lines) throws IOException {
    try (OutputStream out = file) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(UTF_8));
      }
    }
  }

  private void makeParents(List<String> names) throws IOException {
    Set<Path> parents = new LinkedHashSet<>();
    names.forEach(name -> parents.add(new Path(directory, name).getParent()));
    for (Path parent : parents) {
      HadoopFiles.mkdirs(files, parent);
    }
  }

  private void rename(List<Publication> complete, int count) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> renames = new ArrayList<>();
      for (Publication file : complete) {
        Path from = new Path(job, file.attempt());
        Path to = new Path(directory, file.name());
        renames.add(
            threads.submit(
                () -> {
                  PendingFile.publish(files, from, to);
                  return to;
                }));
      }
      for (Future<?> rename : renames) {
        rename.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("cannot publish in " + directory + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while publishing in " + directory, e);
    } finally {
      end(threads);
    }
  }

  /** No rename may happen after this: the caller may take them back. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void takeBack(FileSystem files, Path directory, List<String> names)
      throws IOException {
    HadoopFiles.delete(files, new Path(directory, SUCCESS));
    HadoopFiles.delete(files, new Path(directory, MANIFEST));
    Set<String> parents = new HashSet<>();
    for (String name : names) {
      HadoopFiles.delete(files, new Path(directory, name));
      for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
        parents.add(name.substring(0, slash));
      }
    }
    List<String> deepestFirst = new ArrayList<>(parents);
    deepestFirst.sort(Collections.reverseOrder());
    for (String parent : deepestFirst) {
      Path path = new Path(directory, parent);
      if (files.exists(path) && files.listStatus(path).length == 0) {
        HadoopFiles.delete(files, path);
      }
    }
  }
}
