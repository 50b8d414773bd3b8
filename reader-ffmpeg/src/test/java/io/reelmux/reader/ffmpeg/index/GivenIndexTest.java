package io.reelmux.reader.ffmpeg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that are opened with an index that was saved before. */
@RequiresFfmpegCli
class GivenIndexTest {
  private static final int FRAMES = 48;
  private static final VideoOutput I420 = VideoOutput.of(PixelLayout.I420);

  @TempDir private static Path folder;

  private static Path file(MediaKind kind) throws Exception {
    return new MediaKind.Folder(folder, FRAMES, 12).file(kind);
  }

  private static FrameIndex saved(Path file) throws IOException {
    try (MediaReader reader = MediaReader.open(file);
        VideoReader video = reader.video(I420)) {
      Path path = folder.resolve("saved.index");
      video.index().write(path);
      return FrameIndex.read(path);
    }
  }

  /** Counts the bytes that are read. */
  private static final class CountedSource implements ByteSource {
    private final ByteBuffer bytes;
    private long read;

    CountedSource(Path file) throws IOException {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    }

    @Override
    public long size() {
      return bytes.capacity();
    }

    @Override
    public int read(long position, ByteBuffer target) {
      if (position >= bytes.capacity()) {
        return -1;
      }
      int count = (int) Math.min(target.remaining(), bytes.capacity() - position);
      target.put(bytes.slice((int) position, count));
      read += count;
      return count;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaKind.class,
      names = {
        "H264_MP4",
        "H264_CUT_BY_EDIT",
        "H264_JOINED_TS",
        "H264_AVI",
        "MPEG2_PS",
        "VP8_HIDDEN",
        "H264_RAW",
        "H264_MKV",
        "GIF"
      })
  void frames_byASavedIndex_areTheSame(MediaKind kind) throws Exception {
    Path file = file(kind);
    FrameIndex index = saved(file);
    try (MediaReader reader = MediaReader.open(file);
        VideoReader scanned = reader.video(I420);
        VideoReader given = reader.video(I420.index(index))) {
      assertThat(given.index()).isSameAs(index).isEqualTo(scanned.index());
      for (int n : new int[] {index.count() - 1, 0, 17, 20, 5, 6}) {
        assertThat(given.frame(n).pixels()).isEqualTo(scanned.frame(n).pixels());
      }
    }
  }

  @Test
  void open_withASavedIndex_readsOnlyWhatTheFrameRequires() throws Exception {
    Path file = file(MediaKind.H264_INTRA);
    FrameIndex index = saved(file);

    long scanned = bytesRead(file, I420);
    long given = bytesRead(file, I420.index(index));

    assertThat(scanned).isGreaterThan(Files.size(file));
    assertThat(given).isLessThan(scanned - Files.size(file) / 2);
  }

  private static long bytesRead(Path file, VideoOutput output) throws IOException {
    CountedSource source = new CountedSource(file);
    try (MediaReader reader = MediaReader.open(source);
        VideoReader video = reader.video(output)) {
      assertThat(video.frame(3).index()).isEqualTo(3);
      return source.read;
    }
  }

  @Test
  void index_ofAnotherFile_isRefused() throws Exception {
    FrameIndex index = saved(file(MediaKind.H264_MP4));
    try (MediaReader reader = MediaReader.open(file(MediaKind.H264_MKV))) {
      assertThatThrownBy(() -> reader.video(I420.index(index)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the index is not of this stream: it is of a file of")
          .hasMessageContaining("make a new one");
    }
  }

  @Test
  void index_ofAFileOfTheSameSize_isRefused() throws Exception {
    Path file = file(MediaKind.H264_TS);
    FrameIndex index = saved(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 5] ^= 1;
    try (MediaReader reader = MediaReader.open(ByteSource.of(ByteBuffer.wrap(bytes)))) {
      assertThatThrownBy(() -> reader.video(I420.index(index)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("of the same size with other bytes");
    }
  }

  @Test
  void index_thatNoReaderHasMade_isRefused() throws Exception {
    try (MediaReader reader = MediaReader.open(file(MediaKind.H264_MP4));
        VideoReader slow = reader.video(I420.frameRate(FrameRate.of(5)))) {
      FrameIndex resampled = slow.index();
      assertThatThrownBy(() -> reader.video(I420.index(resampled)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("without a frameRate");
    }
  }

  @Test
  void index_ofASourceThatIsReadOnce_isRefused() throws Exception {
    Path file = file(MediaKind.H264_MKV);
    FrameIndex index = saved(file);
    try (InputStream in = Files.newInputStream(file);
        MediaReader reader = MediaReader.open(ByteSource.streaming(in))) {
      assertThatThrownBy(() -> reader.video(I420.index(index)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ByteSource.spooled");
    }
  }

  /** Head, tail and size are those of the index, but a packet in the middle is not. */
  @Test
  void frames_whereTheFileDiffersInTheMiddle_failAndAreNeverOthers() throws Exception {
    Path file = file(MediaKind.MPEG2_TS);
    FrameIndex index = saved(file);
    byte[] bytes = Files.readAllBytes(file);
    int middle = bytes.length / 188 / 2 * 188;
    byte[] moved = bytes.clone();
    // the transport packets of some frames are missing; as many follow again
    System.arraycopy(bytes, middle + 20 * 188, moved, middle, 20 * 188);
    assertThat(Arrays.equals(moved, bytes)).isFalse();
    try (MediaReader reader = MediaReader.open(ByteSource.of(ByteBuffer.wrap(moved)));
        VideoReader video = reader.video(I420.index(index))) {
      assertThatThrownBy(
              () -> {
                for (int n = 0; n < FRAMES; n++) {
                  assertThat(NumberedFrames.read(video.frame(n).pixels())).isEqualTo(n);
                }
              })
          .isInstanceOf(ReaderException.class)
          .hasMessageContaining("the file is not the one that the index was made of");
    }
  }
}
