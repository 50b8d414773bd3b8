package io.reelmux.spark.cluster;

import io.reelmux.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * A master and two workers as processes of their own, on two loopback addresses, which Spark takes
 * for two hosts. Executors get Reelmux and its native libraries as a job's jars only.
 */
final class LoopbackCluster implements AutoCloseable {
  private static final String[] JVM = System.getProperty("reelmux.spark.jvm", "").split(" +");

  private final Path folder;
  private final Path home;
  private final List<String> jobJars = new ArrayList<>();
  private final List<ChildJvm.Started> processes = new ArrayList<>();
  private final String url;

  /** What Spark has besides what is on the class path. */
  private final List<Path> more;

  private LoopbackCluster(Path folder, List<Path> more) throws IOException {
    this.folder = folder;
    this.more = more;
    this.home = Files.createDirectories(folder.resolve("spark"));
    Files.createDirectories(home.resolve("jars"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      url = "spark://127.0.0.1:" + free.getLocalPort();
    }
  }

  static LoopbackCluster start(Path folder) throws IOException, InterruptedException {
    return start(folder, List.of());
  }

  /**
   * Starts a cluster.
   *
   * @param more jars that its Spark has besides those of the class path
   */
  static LoopbackCluster start(Path folder, List<Path> more)
      throws IOException, InterruptedException {
    LoopbackCluster cluster = new LoopbackCluster(folder, more);
    cluster.divideClassPath();
    for (Path jar : more) {
      Files.createSymbolicLink(
          cluster.home.resolve("jars").resolve("more-" + jar.getFileName()), jar);
    }
    cluster.startMaster();
    cluster.startWorker("127.0.0.1");
    cluster.startWorker("127.0.0.2");
    return cluster;
  }

  /** What Spark brings goes to its home, what is ours to the jobs. */
  private void divideClassPath() throws IOException {
    int n = 0;
    Path repository = Path.of("..").toRealPath();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      boolean ours = entry.contains("bytedeco") || path.startsWith(repository);
      if (Files.isDirectory(path)) {
        jobJars.add(jar(path, folder.resolve("ours-" + n++ + ".jar")).toString());
      } else if (ours) {
        jobJars.add(entry);
      } else if (Files.exists(path)) {
        String name = n++ + "-" + path.getFileName();
        Files.createSymbolicLink(home.resolve("jars").resolve(name), path.toAbsolutePath());
      }
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path source : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(source).toString()));
        Files.copy(source, out);
      }
    }
    return jar;
  }

  private void startMaster() throws IOException, InterruptedException {
    int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    processes.add(
        spark(org.apache.spark.deploy.master.Master.class)
            .with("--host", "127.0.0.1", "--port", port, "--webui-port", 0)
            .start());
    for (int tries = 0; !accepts(port); tries++) {
      if (tries == 600) {
        throw new IOException("the master does not start: " + log(0));
      }
      Thread.sleep(100);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void startWorker(String host) throws IOException {
    processes.add(
        spark(org.apache.spark.deploy.worker.Worker.class)
            .with("--host", host, "--cores", 2, "--memory", "1g", "--webui-port", 0)
            .with("--work-dir", folder.resolve("work-" + host), url)
            .environment("SPARK_LOCAL_IP", host)
            .start());
  }

  private ChildJvm spark(Class<?> main) {
    return ChildJvm.of(main)
        .jvm(JVM)
        .jvm("-Xmx256m")
        .environment("SPARK_HOME", home.toString())
        .environment("SPARK_SCALA_VERSION", "2.13");
  }

  /**
   * Starts a job.
   *
   * @param main takes the arguments that {@link #conf} reads, and then these
   */
  ChildJvm.Started submit(Class<?> main, Object... arguments) throws IOException {
    return submit(main, List.of(), arguments);
  }

  /**
   * Starts a job.
   *
   * @param settings of Spark, as {@code name=value}
   */
  ChildJvm.Started submit(Class<?> main, List<String> settings, Object... arguments)
      throws IOException {
    List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    more.forEach(jar -> classPath.add(jar.toString()));
    return ChildJvm.of(main)
        .classPath(String.join(File.pathSeparator, classPath))
        .jvm(JVM)
        .jvm(settings.stream().map(setting -> "-D" + setting).toArray(String[]::new))
        .jvm("-Xmx512m")
        .with(url, String.join(",", jobJars), cache())
        .with(arguments)
        .start();
  }

  /** Where the executors unpack their native libraries; does not exist until they do. */
  Path cache() {
    return folder.resolve("javacpp");
  }

  /** Returns the settings of a job's driver. */
  static SparkConf conf(String... args) {
    return new SparkConf()
        .setMaster(args[0])
        .set("spark.jars", args[1])
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.memory", "512m")
        .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.cachedir=" + args[2]);
  }

  /** Kills an executor as the system would, without warning. */
  void killExecutor() {
    executors().stream().findFirst().orElseThrow().destroyForcibly();
  }

  /** Kills a worker and its executor. */
  void killWorker() {
    Process worker = processes.get(1).process();
    List<ProcessHandle> all = worker.descendants().toList();
    worker.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts the worker again that was killed. */
  void restartWorker() throws IOException {
    processes.remove(1);
    startWorker("127.0.0.1");
    processes.add(1, processes.remove(processes.size() - 1));
  }

  private List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(started -> started.process().descendants())
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  private String log(int process) throws IOException {
    return Files.readString(processes.get(process).err());
  }

  @Override
  public void close() throws IOException {
    for (ChildJvm.Started started : processes) {
      List<ProcessHandle> all = started.process().descendants().toList();
      started.process().destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
      Files.deleteIfExists(started.out());
      Files.deleteIfExists(started.err());
    }
    try (Stream<Path> links = Files.list(home.resolve("jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
