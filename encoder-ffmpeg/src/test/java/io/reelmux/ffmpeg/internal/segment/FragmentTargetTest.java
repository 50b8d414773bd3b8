package io.reelmux.ffmpeg.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.Fragment;
import io.reelmux.FragmentListener;
import io.reelmux.Packet;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fragments for browsers. */
class FragmentTargetTest {
  private static final Duration LENGTH = Duration.ofMillis(200);

  /** Collects what it receives. */
  static final class Collector implements FragmentListener {
    final List<String> calls = new ArrayList<>();
    final List<Fragment> fragments = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] init = {};
    final IOException failure = new IOException("the listener failed");
    int failAt = Integer.MAX_VALUE;

    private void call(String name) throws IOException {
      calls.add(name);
      if (calls.size() > failAt) {
        throw failure;
      }
    }

    private void add(ByteBuffer more) {
      byte[] copy = new byte[more.remaining()];
      more.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onInit(ByteBuffer init, String mimeType) throws IOException {
      call(mimeType);
      add(init.duplicate());
      this.init = bytes.toByteArray();
    }

    @Override
    public void onFragment(Fragment fragment) throws IOException {
      call("fragment");
      fragments.add(fragment);
      add(fragment.bytes());
    }

    @Override
    public void onEnd() throws IOException {
      call("end");
    }
  }

  private static List<String> run(List<Packet> packets, FragmentListener listener)
      throws IOException {
    return Feed.run(
        packets,
        (streams, log, notes) ->
            SegmentTargets.fragments(
                streams, listener, LENGTH, /* reproducible= */ true, log, notes));
  }

  @Test
  void fragments_videoAndAudio_oneHeaderThenFragmentsOfTheLength() throws IOException {
    Collector collector = new Collector();

    assertThat(run(EncodedClip.lowDelay().packets(), collector)).isEmpty();

    assertThat(collector.calls.get(0))
        .startsWith("video/mp4; codecs=\"avc1.")
        .endsWith(",mp4a.40.2\"");
    assertThat(collector.calls.get(collector.calls.size() - 1)).isEqualTo("end");
    assertThat(collector.fragments).hasSize(25);
    for (int i = 0; i < 25; i++) {
      Fragment fragment = collector.fragments.get(i);
      assertThat(fragment.start()).isEqualTo(LENGTH.multipliedBy(i));
      assertThat(fragment.duration()).isEqualTo(LENGTH);
      assertThat(fragment.independent()).as("fragment " + i).isEqualTo(i % 5 == 0);
    }
  }

  @Test
  @RequiresFfmpegCli
  void fragments_joined_areAFileWithEveryPacketFromZero(@TempDir Path directory) throws Exception {
    EncodedClip clip = EncodedClip.reordered();
    Collector collector = new Collector();
    run(clip.packets(), collector);
    Path file = Files.write(directory.resolve("joined.mp4"), collector.bytes.toByteArray());

    List<String> video =
        FfmpegCli.ffprobe(file, "-select_streams", "v", "-show_entries", "frame=pts_time");
    List<String> audio =
        FfmpegCli.ffprobe(file, "-select_streams", "a", "-show_entries", "packet=pts_time");

    assertThat(video).hasSize(125);
    assertThat(video.get(0)).startsWith("0.000000");
    assertThat(audio).hasSameSizeAs(clip.of(1));
    assertThat(audio.get(1)).startsWith("0.000000");
  }

  @Test
  void fragments_audioOnly_areAllIndependent() throws IOException {
    Collector collector = new Collector();

    run(EncodedClip.lowDelay().of(1), collector);

    assertThat(collector.calls.get(0)).isEqualTo("audio/mp4; codecs=\"mp4a.40.2\"");
    assertThat(collector.fragments).hasSizeBetween(22, 25).allMatch(Fragment::independent);
    // the priming, one packet, is cut
    assertThat(collector.fragments.get(0).duration()).isBetween(millis(170), millis(195));
    assertTiled(collector.fragments);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Each starts where the one before it ends, from zero on. */
  private static void assertTiled(List<Fragment> fragments) {
    Duration end = Duration.ZERO;
    for (Fragment fragment : fragments) {
      assertThat(fragment.start()).isEqualTo(end);
      assertThat(fragment.duration()).isPositive();
      end = fragment.start().plus(fragment.duration());
    }
  }

  @Test
  @RequiresFfmpegCli
  void fragments_withBFrames_startWithTheirFirstShownFrame(@TempDir Path directory)
      throws Exception {
    Collector collector = new Collector();
    // B-frames that refer to B-frames
    run(EncodedClip.encode(75, 7).of(0), collector);

    assertTiled(collector.fragments);
    Fragment last = collector.fragments.get(collector.fragments.size() - 1);
    assertThat(last.start().plus(last.duration())).isEqualTo(Duration.ofSeconds(3));
    assertThat(collector.fragments).hasSizeGreaterThan(6);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int shown = 0;
    bytes.writeBytes(collector.init);
    for (Fragment fragment : collector.fragments) {
      byte[] content = new byte[fragment.size()];
      fragment.bytes().get(content);
      bytes.writeBytes(content);
      Path file = Files.write(directory.resolve("start.mp4"), bytes.toByteArray());
      List<Double> times =
          FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time").stream()
              .map(line -> Double.parseDouble(line.replace(",", "")))
              .toList();
      assertThat(Collections.min(times.subList(shown, times.size())))
          .isCloseTo(fragment.start().toMillis() / 1000.0, within(0.001));
      shown = times.size();
    }
  }

  @Test
  void fragments_listenerFails_sameExceptionAndNoFurtherCall() {
    for (int k = 0; k < 4; k++) {
      Collector collector = new Collector();
      collector.failAt = k;

      assertThatThrownBy(() -> run(EncodedClip.lowDelay().packets(), collector))
          .isSameAs(collector.failure);
      assertThat(collector.calls).hasSize(k + 1);
    }
  }
}
