package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.SeekableOutputStream;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up while the final index is written loses nothing written before it. */
@Timeout(600)
class TailFaultTest {
  private static final int FRAMES = 60;
  private static final Integer[] ALL = IntStream.range(0, FRAMES).boxed().toArray(Integer[]::new);

  @TempDir Path directory;

  /** A disk with room for a given number of bytes. */
  private static final class Disk extends SeekableOutputStream {
    final ByteArrayOutput memory = new ByteArrayOutput();
    private final long room;

    Disk(long room) {
      this.room = room;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int written = (int) Math.min(length, Math.max(0, room - memory.position()));
      memory.write(bytes, offset, written);
      if (written < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void seek(long position) throws IOException {
      memory.seek(position);
    }

    @Override
    public long position() {
      return memory.position();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov"})
  void finish_diskFillsInTheFinalIndex_keepsEveryFrame(String format) throws IOException {
    Disk whole = new Disk(Long.MAX_VALUE);
    encode(whole, format);
    byte[] finished = whole.memory.toByteArray();
    int index = new String(finished, StandardCharsets.ISO_8859_1).lastIndexOf("moov") - 4;
    assertThat(Played.of(finished, directory).frames()).containsExactly(ALL);
    // the muxer is the same in both FFmpeg builds
    int stride = Reliability.isLongOnGpl() ? 1 : (finished.length - index) / 40 + 1;
    int tried = 0;

    for (int room = index; room < finished.length; room += stride) {
      Disk disk = new Disk(room);
      Throwable thrown = catchThrowable(() -> encode(disk, format));

      assertThat(thrown).isInstanceOf(IOException.class).hasMessage("No space left on device");
      assertThat(Played.of(disk.memory.toByteArray(), directory).frames())
          .as("%s, room for %d of %d bytes, index at %d", format, room, finished.length, index)
          .containsExactly(ALL);
      tried++;
    }

    Reliability.record(
        "the disk fills in the final index of " + format,
        "room for the media and for 0 to all but one byte of the index after it"
            + (stride == 1 ? ", every number" : ", in steps of " + stride + " bytes"),
        tried,
        "every frame decodes each time; the disk's own exception was thrown");
  }

  private static void encode(Disk disk, String format) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, 25).codec("mpeg4").threads(1).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(Clip.AUDIO_RATE, 1));
      encoder.openFileLike(disk, format);
      int samples = Clip.AUDIO_RATE / 25;
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(Clip.frame(i));
        audio.addSamples(Clip.samples(i * samples, samples));
      }
    }
  }
}
