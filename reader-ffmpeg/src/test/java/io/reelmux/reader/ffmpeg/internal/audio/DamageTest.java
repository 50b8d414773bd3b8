package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.audio.AudioFile.FLOATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.Damage;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that cannot be decoded, and streams that are not what they seem. */
@RequiresFfmpegCli
@ExtendWith(LeakCheck.class)
class DamageTest {
  private static final int RATE = 48_000;
  private static final int COUNT = RATE * 2;

  /** The packet that is overwritten, and the samples of a packet. */
  private static final int PACKET = 10;

  private static final int SAMPLES = 4096;
  private static final int FIRST = PACKET * SAMPLES;

  @TempDir Path folder;

  private Path whole() throws IOException {
    Path file = folder.resolve("whole.m4a");
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.builder(RATE, 2).codec("alac").build());
      encoder.openFileLike(out, "m4a");
      audio.addSamples(Signals.sweep(RATE, COUNT));
      encoder.finish();
    }
    return Files.write(file, out.toByteArray());
  }

  /** Overwrites a packet with an element that ALAC does not have. */
  private Path damaged(Path file) throws IOException, InterruptedException {
    List<String> packets =
        FfmpegCli.ffprobe(file, "-show_entries", "packet=pos,size", "-select_streams", "a");
    String[] place = packets.get(PACKET).split(",");
    int size = Integer.parseInt(place[0]);
    int start = Integer.parseInt(place[1]);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, start, start + size, (byte) 0x40);
    return Files.write(folder.resolve("damaged.m4a"), bytes);
  }

  @Test
  void refusedPacket_isSilence_andLaterSamplesKeepTheirNumbers() throws Exception {
    Path file = whole();
    float[][] expected = AudioFile.whole(file, FLOATS);
    try (AudioFile audio = AudioFile.open(damaged(file), FLOATS)) {
      float[][] decoded = audio.whole(3_000);

      assertThat(decoded[0]).hasSameSizeAs(expected[0]);
      assertThat(AudioFile.difference(AudioFile.part(decoded, 0, FIRST), expected, 0)).isZero();
      for (int i = FIRST; i < FIRST + SAMPLES; i++) {
        assertThat(decoded[0][i]).isZero();
      }
      int next = FIRST + SAMPLES;
      float[][] rest = AudioFile.part(decoded, next, COUNT);
      assertThat(AudioFile.difference(rest, expected, next)).isZero();
      assertThat(audio.report().failedPackets()).isEqualTo(1);
      assertThat(audio.report().firstDamage()).isPresent();
      float[][] again = audio.read(FIRST - 100, 5_000);
      assertThat(AudioFile.difference(again, decoded, FIRST - 100)).isZero();
      assertThat(audio.report().failedPackets()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {RATE, 16_000})
  void fail_damagedSamples_areNotReturned_othersAre(int rate) throws Exception {
    AudioOutput output = FLOATS.damage(Damage.FAIL).sampleRate(rate);
    long first = (long) FIRST * rate / RATE;
    try (AudioFile audio = AudioFile.open(damaged(whole()), output)) {
      assertThat(audio.read(first - 500, 400)[0]).hasSize(400);

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> audio.read(first - 100, 600))
            .isInstanceOfSatisfying(
                DamagedFrameException.class,
                e -> {
                  assertThat(e.index()).isBetween(first - 1, first + 1);
                  assertThat(e.time()).isPresent();
                });
      }

      assertThat(audio.read(first + 5_000, 100)[0]).hasSize(100);
      assertThat(audio.read(0, 100)[0]).hasSize(100);
      long end = first + (long) SAMPLES * rate / RATE;
      for (long at = first - 1_000; at < end + 1_000; at += 250) {
        long from = at;
        if (at + 250 > first + 1 && at < end - 1) {
          assertThatThrownBy(() -> audio.read(from, 250)).isInstanceOf(DamagedFrameException.class);
        } else if (at + 250 < first || at > end) {
          assertThat(audio.read(from, 250)[0]).hasSize(250);
        }
      }
    }
  }

  @Test
  void missingPacket_isNoted() throws Exception {
    Path file = folder.resolve("missing.aac");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "sine=sample_rate=48000:duration=1",
        "-c:a",
        "aac",
        "-bsf:a",
        "noise=drop=eq(n\\,20)",
        "-f",
        "matroska",
        file.toString());
    try (AudioFile audio = AudioFile.open(file, FLOATS)) {
      audio.whole(5_000);
      assertThat(audio.report().notes())
          .anyMatch(note -> note.contains("the times jump by PT0.02"));
    }
  }

  @Test
  void changeWithinTheStream_isConvertedAndNoted() throws Exception {
    Path first = folder.resolve("first.aac");
    Path second = folder.resolve("second.aac");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "sine=sample_rate=44100:duration=1",
        "-ac",
        "2",
        first.toString(),
        "-ac",
        "1",
        "-ar",
        "48000",
        second.toString());
    byte[] joined =
        Arrays.copyOf(Files.readAllBytes(first), (int) (Files.size(first) + Files.size(second)));
    System.arraycopy(
        Files.readAllBytes(second), 0, joined, (int) Files.size(first), (int) Files.size(second));
    try (AudioFile audio = AudioFile.open(joined, FLOATS)) {
      float[][] whole = audio.whole(4_000);

      assertThat(audio.decoder().sampleRate()).isEqualTo(44_100);
      assertThat(whole).hasNumberOfRows(2);
      assertThat(whole[0].length).isBetween(88_200, 93_000);
      assertThat(audio.report().notes()).anyMatch(note -> note.contains("changes within"));
      float peak = 0;
      for (int i = 60_000; i < 80_000; i++) {
        peak = Math.max(peak, whole[1][i]);
      }
      assertThat(peak).isBetween(0.05f, 0.2f);
      float[][] part = audio.read(70_000, 3_000);
      assertThat(AudioFile.difference(part, whole, 70_000)).isLessThan(1e-2);
    }
  }

  @Test
  void moreChannelsThanPossible_isRefused() throws IOException {
    Path file = folder.resolve("many.wav");
    Signals.write(new float[65][100], 8_000, file);
    assertThatThrownBy(() -> AudioFile.open(file, FLOATS))
        .isInstanceOf(UnsupportedMediaException.class)
        .hasMessageContaining("at most 64");
  }

  /** Whatever a damaged file contains, reading ends with samples or an exception. */
  @ParameterizedTest
  @ValueSource(strings = {"m4a -c:a aac", "mp3", "flac", "ogg -c:a libvorbis", "ac3", "wav"})
  void bitFlips_readOrRefused(String kind) throws Exception {
    String[] parts = kind.split(" ");
    Path file = folder.resolve("seed." + parts[0]);
    String[] arguments = new String[parts.length + 4];
    System.arraycopy(new String[] {"-f", "lavfi", "-i", "sine=duration=1"}, 0, arguments, 0, 4);
    System.arraycopy(parts, 1, arguments, 4, parts.length - 1);
    arguments[arguments.length - 1] = file.toString();
    FfmpegCli.ffmpeg(arguments);
    byte[] seed = Files.readAllBytes(file);
    Random random = new Random(9);
    for (int i = 0; i < 15; i++) {
      byte[] bytes = seed.clone();
      for (int flip = 0; flip < 20; flip++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      AudioOutput output = i % 2 == 0 ? FLOATS : FLOATS.sampleRate(16_000);
      try (AudioFile audio = AudioFile.open(bytes, output)) {
        float[][] whole = audio.whole(8_000);
        assertThat(audio.decoder().sampleCount()).isEqualTo(whole[0].length);
        if (whole[0].length > 0) {
          int from = random.nextInt(whole[0].length);
          assertThat(audio.read(from, 3_000)[0]).hasSize(Math.min(3_000, whole[0].length - from));
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("could not");
      }
    }
  }
}
