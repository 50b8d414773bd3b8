package io.reelmux.ffmpeg.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.TestFrames;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many encoders leave nothing behind. */
class ManyEncodersTest {

  @Test
  void encode_hundredInTurn_noOwnerAndNoThreadLeft() throws IOException {
    // the first encoders load libraries and start JavaCPP's own threads
    encode(0);
    encode(1);
    Set<String> javaThreads = javaThreads();
    long nativeThreads = nativeThreads();

    for (int i = 0; i < 100; i++) {
      encode(i);
    }

    assertThat(NativeOwner.openCount()).isZero();
    assertThat(javaThreads()).isEqualTo(javaThreads);
    // the JVM's own compiler and collector threads come and go
    assertThat(nativeThreads()).isLessThanOrEqualTo(nativeThreads + 4);
  }

  @Test
  void encode_eightInParallel_eachFileCompleteAndNoOwnerLeft() throws Exception {
    byte[] expected = encode(2);
    encode(3);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<byte[]>> files = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        int number = i;
        files.add(threads.submit(() -> encode(number % 2 == 0 ? 2 : 3)));
      }
      for (int i = 0; i < files.size(); i++) {
        byte[] file = files.get(i).get(100, TimeUnit.SECONDS);
        Media read = MediaReader.demux(file);
        assertThat(read.streams()).hasSize(2);
        assertThat(read.streams().get(0).packets()).hasSize(12);
        if (i % 2 == 0) {
          assertThat(file).isEqualTo(expected);
        }
      }
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void close_afterEveryKindOfEnd_noOwnerLeft() throws IOException {
    for (int i = 0; i < 5; i++) {
      Encoder unused = Encoder.create();
      unused.addAudio(AudioOptions.of(48_000, 1));
      unused.close();

      Encoder canceled = open(new ByteArrayOutput());
      canceled.cancel();
      canceled.close();

      Encoder closed = open(new ByteArrayOutput());
      closed.close();
      closed.close();

      Encoder finished = open(new ByteArrayOutput());
      finished.finish();
      assertThat(NativeOwner.openCount()).as("freed by finish()").isZero();
      finished.close();
    }

    assertThat(NativeOwner.openCount()).isZero();
  }

  private static Encoder open(ByteArrayOutput out) throws IOException {
    Encoder encoder = Encoder.create();
    encoder.addAudio(AudioOptions.of(48_000, 1));
    return encoder.openFileLike(out, "mp4");
  }

  /** Encodes twelve frames and half a second of audio; the number selects codecs and container. */
  private static byte[] encode(int number) throws IOException {
    String format = List.of("mp4", "mkv", "mp4", "mkv").get(number % 4);
    List<String> codecs = List.of("h264", "libvpx-vp9", "libopenh264", "mpeg4");
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(64, 48, 25).codec(codecs.get(number % 4)).build());
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(44_100, 2)
                  .codec(List.of("aac", "libopus", "aac", "libmp3lame").get(number % 4))
                  .build());
      encoder.openFileLike(out, format);
      for (int i = 0; i < 12; i++) {
        video.addFrame(TestFrames.gradient(64, 48, i));
      }
      audio.addSamples(new float[2][22_050]);
    }
    return out.toByteArray();
  }

  private static Set<String> javaThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the number of threads of the process, 0 where the system does not report it. */
  private static long nativeThreads() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
