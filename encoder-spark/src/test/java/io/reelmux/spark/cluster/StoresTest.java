package io.reelmux.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.spark.NumberedClip;
import io.reelmux.testing.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clips in HDFS and S3: each once and whole when tasks fail, hang and lose their executor. Requires
 * what {@code ./mvnw -f encoder-spark/src/test/stores/pom.xml package} downloads.
 */
@EnabledIfSystemProperty(named = "reelmux.stress", matches = "true")
class StoresTest {
  private static final int CLIPS = 100;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path STORES = Path.of("target", "stores").toAbsolutePath();
  private static final String MINI_DFS = "org.apache.hadoop.test.MiniDFSClusterManager";

  @TempDir Path folder = Path.of("");

  private final SortedMap<String, String> expected = new TreeMap<>();

  @BeforeAll
  static void requireStores() {
    assumeTrue(
        Files.isDirectory(STORES),
        "run ./mvnw -f encoder-spark/src/test/stores/pom.xml package first");
  }

  private void encodeOnce() throws Exception {
    for (int clip = 0; clip < CLIPS; clip++) {
      expected.put(new NumberedClip().name(clip), NumberedClip.expectedSha256(clip, folder));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  /** Starts a server, and waits until it accepts connections. */
  private Process server(int port, List<String> command) throws Exception {
    Path log = folder.resolve("server.log");
    Process server =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("server")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    for (int tries = 0; !accepts(port); tries++) {
      if (tries == 600 || !server.isAlive()) {
        server.destroyForcibly();
        throw new IOException("the server does not start: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return server;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void clips_inHdfs_arePublishedOnceAndWhole() throws Exception {
    int port = freePort();
    String jars =
        STORES.resolve("servers/hadoop-client-minicluster.jar")
            + ":"
            + System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(List.of(System.getProperty("reelmux.spark.jvm", "").split(" +")));
    command.addAll(List.of("-Dtest.build.data=" + folder.resolve("hdfs"), "-cp", jars, MINI_DFS));
    command.addAll(List.of("-format", "-datanodes", "1", "-nnport", Integer.toString(port)));
    Process hdfs = server(port, command);
    try {
      runAll("hdfs://127.0.0.1:" + port, List.of(), List.of("spark.hadoop.dfs.replication=1"));
    } finally {
      hdfs.destroy();
      hdfs.waitFor();
    }
  }

  /** S3 has no rename: S3A would copy each file. */
  @Test
  void clips_inS3_arePublishedOnceAndWholeWithoutCopies() throws Exception {
    int port = freePort();
    Process s3 =
        server(
            port,
            List.of(
                java(),
                "-Dhttp.port=" + port,
                "-Dserver.port=" + freePort(),
                "-DinitialBuckets=media",
                "-Droot=" + Files.createDirectories(folder.resolve("s3")),
                "-jar",
                STORES.resolve("servers/s3mock-exec.jar").toString()));
    List<Path> jars;
    try (Stream<Path> all = Files.list(STORES.resolve("s3a"))) {
      jars = all.toList();
    }
    try {
      List<String> printed =
          runAll(
              "s3a://media",
              jars,
              List.of(
                  "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + port,
                  "spark.hadoop.fs.s3a.endpoint.region=eu-central-1",
                  "spark.hadoop.fs.s3a.path.style.access=true",
                  "spark.hadoop.fs.s3a.connection.ssl.enabled=false",
                  "spark.hadoop.fs.s3a.access.key=any",
                  "spark.hadoop.fs.s3a.secret.key=any"));
      assertThat(printed)
          .filteredOn(line -> line.startsWith("COUNTER "))
          .isNotEmpty()
          .allMatch(line -> line.endsWith("=0"));
    } finally {
      s3.destroy();
      s3.waitFor();
    }
  }

  /** Returns what the jobs have printed. */
  private List<String> runAll(String store, List<Path> jars, List<String> settings)
      throws Exception {
    encodeOnce();
    List<String> printed = new ArrayList<>();
    try (LoopbackCluster cluster = LoopbackCluster.start(folder.resolve("cluster"), jars)) {
      for (ClusterJob.Fault fault : ClusterJob.Fault.values()) {
        ChildJvm.Started job =
            cluster.submit(ClusterJob.class, settings, store + "/" + fault, CLIPS, fault);
        printed.addAll(requireComplete(fault.name(), job));
      }
    }
    return printed;
  }

  private List<String> requireComplete(String fails, ChildJvm.Started job) throws Exception {
    List<String> lines = job.await(LIMIT).lines();
    SortedMap<String, String> found = new TreeMap<>();
    lines.stream()
        .filter(line -> line.startsWith("FILE "))
        .map(line -> line.split(" "))
        .forEach(words -> found.put(words[1], words[2]));
    assertThat(found.remove("_SUCCESS")).as(fails).isNotNull();
    assertThat(found.remove("manifest.jsonl")).as(fails).isNotNull();
    assertThat(found).as(fails).isEqualTo(expected);
    return lines;
  }
}
