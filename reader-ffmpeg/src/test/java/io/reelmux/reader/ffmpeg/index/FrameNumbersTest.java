package io.reelmux.reader.ffmpeg.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frame n is the n-th that the installed ffmpeg decodes, in every kind of file, and the same bits
 * in every order of access. With {@code -Pstress}, files are longer and docs/frame-numbers.tsv is
 * written.
 */
@RequiresFfmpegCli
class FrameNumbersTest {
  private static final boolean LONG = Boolean.getBoolean("reelmux.stress");
  private static final int FRAMES = LONG ? 300 : 48;
  private static final int GOP = LONG ? 25 : 12;
  private static final Path TABLE = Path.of("..", "docs", "frame-numbers.tsv");

  @TempDir private static Path folder;

  @BeforeAll
  static void startTable() throws IOException {
    if (LONG) {
      Files.writeString(
          TABLE,
          "kind\tframes\tbasis\tkey frames\tin order\tshuffled\treversed\tevery 7th, then the next\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void frame_ofAnyKindInAnyOrder_isTheOneThatFfmpegDecodes(MediaKind kind) throws Exception {
    Path file = new MediaKind.Folder(folder, FRAMES, GOP).file(kind);
    List<Integer> decoded = NumberedFrames.decodedByFfmpeg(file);
    // ffmpeg also shows frames made up of nothing, where a stream starts inside a GOP
    List<Integer> expected = decoded.stream().filter(number -> number < FRAMES).toList();
    assertThat(expected).hasSizeGreaterThan(FRAMES / 3);

    FrameIndex index;
    try (MediaReader reader = MediaReader.open(file)) {
      List<Seen> frames = inOrder(reader);
      List<Integer> whole = frames.stream().map(Seen::number).toList();
      // of a truncated file, ffmpeg also shows the neighbor of the last frame in its place
      assertThat(whole).isEqualTo(expected.subList(0, whole.size()));
      assertThat(expected).hasSizeLessThanOrEqualTo(whole.size() + (kind.isTruncated() ? 1 : 0));
      index = index(reader);
      assertThat(index.count()).isBetween(whole.size(), expected.size());
      List<Integer> order = new ArrayList<>(IntStream.range(0, whole.size()).boxed().toList());
      Collections.shuffle(order, new Random(kind.ordinal()));
      assertThat(byNumber(reader, order)).isEqualTo(order.stream().map(frames::get).toList());
      Collections.sort(order, Collections.reverseOrder());
      assertThat(byNumber(reader, order)).isEqualTo(order.stream().map(frames::get).toList());
      assertThat(bySeeking(reader, whole.size())).isEqualTo(pairs(frames));
    }
    checkTimes(index, timesByFfprobe(file), decoded.size() - expected.size());
    if (LONG) {
      record(kind, index);
    }
  }

  /** At a recovery point, the decoder hides frames until they are whole. */
  @Test
  void next_afterASeekBehindARecoveryPoint_isTheFrameThatWasAskedFor(@TempDir Path own)
      throws Exception {
    Path file = new MediaKind.Folder(own, 300, 25).file(MediaKind.H264_REFRESH);
    try (MediaReader reader = MediaReader.open(file)) {
      List<Seen> frames = inOrder(reader);
      assertThat(frames).hasSize(300);
      assertThat(bySeeking(reader, 300)).isEqualTo(pairs(frames));
    }
  }

  /**
   * A frame: the number that it shows, and all its pixels.
   *
   * @param crc the checksum of the pixels
   */
  private record Seen(int number, long crc) {
    static Seen of(ByteBuffer pixels) {
      CRC32 crc = new CRC32();
      crc.update(pixels.duplicate());
      return new Seen(NumberedFrames.read(pixels), crc.getValue());
    }
  }

  private static VideoReader open(MediaReader reader) throws IOException {
    return reader.video(VideoOutput.of(PixelLayout.I420));
  }

  private static FrameIndex index(MediaReader reader) throws IOException {
    try (VideoReader video = open(reader)) {
      return video.index();
    }
  }

  /** Without an index: nothing asks for one. */
  private static List<Seen> inOrder(MediaReader reader) throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (VideoReader video = open(reader)) {
      FrameCursor cursor = video.cursor();
      while (cursor.next()) {
        assertThat(cursor.frame().index()).isEqualTo(seen.size());
        seen.add(Seen.of(cursor.frame().pixels()));
      }
    }
    return seen;
  }

  private static List<Seen> byNumber(MediaReader reader, List<Integer> order) throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (VideoReader video = open(reader)) {
      for (int n : order) {
        ReadFrame frame = video.frame(n);
        assertThat(frame.index()).isEqualTo(n);
        seen.add(Seen.of(frame.pixels()));
      }
      long[] indices = order.stream().mapToLong(Integer::longValue).limit(9).toArray();
      ByteBuffer batch = video.framesAt(indices).data();
      for (int i = 0; i < indices.length; i++) {
        ByteBuffer pixels = batch.slice(i * NumberedFrames.BYTES, NumberedFrames.BYTES);
        assertThat(Seen.of(pixels)).isEqualTo(seen.get(i));
      }
    }
    return seen;
  }

  /** Every seventh frame, and the one after it. */
  private static List<Seen> bySeeking(MediaReader reader, int count) throws IOException {
    List<Seen> seen = new ArrayList<>();
    try (VideoReader video = open(reader)) {
      FrameCursor cursor = video.cursor();
      for (int n = 0; n + 1 < count; n += 7) {
        cursor.seek(n);
        for (int i = 0; i < 2; i++) {
          assertThat(cursor.next()).isTrue();
          assertThat(cursor.frame().index()).isEqualTo(n + i);
          seen.add(Seen.of(cursor.frame().pixels()));
        }
      }
    }
    return seen;
  }

  private static List<Seen> pairs(List<Seen> frames) {
    List<Seen> pairs = new ArrayList<>();
    for (int n = 0; n + 1 < frames.size(); n += 7) {
      pairs.add(frames.get(n));
      pairs.add(frames.get(n + 1));
    }
    return pairs;
  }

  /** Compares with every time that ffprobe states; where times start again, ours go on. */
  private static void checkTimes(FrameIndex index, List<Long> listed, int madeUp) {
    long last = Long.MIN_VALUE;
    for (int n = 0; n < index.count() && n + madeUp < listed.size(); n++) {
      long expected = listed.get(n + madeUp);
      if (expected > last) {
        assertThat(index.pts(n)).as("frame " + n).isEqualTo(expected);
        last = expected;
      }
    }
  }

  /** Returns the times of the frames that have one: none in AVI with B-frames and raw streams. */
  private static List<Long> timesByFfprobe(Path file) throws Exception {
    return FfmpegCli.ffprobe(
            file, "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp")
        .stream()
        .map(line -> line.replaceAll("[^0-9-].*", ""))
        .filter(text -> !text.isEmpty())
        .map(Long::valueOf)
        .toList();
  }

  private static void record(MediaKind kind, FrameIndex index) throws IOException {
    Files.writeString(
        TABLE,
        String.format(
            Locale.ROOT,
            "%s\t%d\t%s\t%d\tall\tall\tall\tall%n",
            kind,
            index.count(),
            index.basis(),
            index.keys().length),
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
  }
}
