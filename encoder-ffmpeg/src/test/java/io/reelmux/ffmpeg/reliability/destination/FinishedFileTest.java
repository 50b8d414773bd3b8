package io.reelmux.ffmpeg.reliability.destination;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.Programs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was crash-safe while it was written is an ordinary file once finished. */
@Timeout(300)
class FinishedFileTest {
  private static final int RATE = 25;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov"})
  void close_crashSafeFile_leavesAnOrdinaryOne(String format) throws IOException {
    int tried = 0;
    for (int frames : new int[] {1, 2, 26, 120}) {
      Path safe = encode("safe", format, ContainerMode.CRASH_SAFE, frames);
      Path plain = encode("plain", format, ContainerMode.PLAIN, frames);

      List<String> boxes = topBoxes(safe);
      assertThat(boxes).startsWith("ftyp").endsWith("moov").containsOnlyOnce("moov", "mdat");
      assertThat(boxes).doesNotContain("moof", "mfra");
      byte[] bytes = Files.readAllBytes(safe);
      String index =
          new String(bytes, ISO_8859_1)
              .substring(new String(bytes, ISO_8859_1).lastIndexOf("moov"));
      assertThat(index).contains("elst").doesNotContain("mvex");
      assertThat(Played.of(safe).packets()).isEqualTo(Played.of(plain).packets());
      assertThat(Played.of(safe).frames()).hasSize(frames);
      tried++;
    }
    Reliability.record(
        "a crash-safe " + format + " is finished",
        "1, 2, 26 and 120 frames with audio, closed normally",
        tried,
        "one index with edit lists and no mvex; packets, times and flags equal to a plain file's");
  }

  @Test
  void ffprobe_crashSafeFile_readsTheSameAsFromAPlainOne() throws Exception {
    Programs.require("ffprobe");
    String safe = probe(encode("safe", "mp4", ContainerMode.CRASH_SAFE, 120));
    String plain = probe(encode("plain", "mp4", ContainerMode.PLAIN, 120));

    assertThat(safe).isEqualTo(plain).contains("nb_read_packets=120", "start_time=0.000000");
    Reliability.record(
        "ffprobe reads a crash-safe mp4",
        "Debian's own ffprobe",
        1,
        "the same as from a plain one; no message");
  }

  private static String probe(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "warning",
                "-count_packets",
                "-show_entries",
                "stream=codec_name,start_time,duration,nb_frames,nb_read_packets,r_frame_rate",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private Path encode(String name, String format, ContainerMode mode, int frames)
      throws IOException {
    Path file = directory.resolve(name + frames + "." + format);
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, RATE).threads(1).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(Clip.AUDIO_RATE, 1));
      encoder.openFile(file);
      int samples = Clip.AUDIO_RATE / RATE;
      for (int i = 0; i < frames; i++) {
        video.addFrame(Clip.frame(i));
        audio.addSamples(Clip.samples(i * samples, samples));
      }
    }
    return file;
  }

  private static List<String> topBoxes(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> boxes = new ArrayList<>();
    while (bytes.remaining() >= 8) {
      int start = bytes.position();
      long size = bytes.getInt() & 0xFFFF_FFFFL;
      byte[] type = new byte[4];
      bytes.get(type);
      boxes.add(new String(type, ISO_8859_1));
      size = size == 1 ? bytes.getLong() : size;
      bytes.position(Math.toIntExact(start + size));
    }
    return boxes;
  }
}
