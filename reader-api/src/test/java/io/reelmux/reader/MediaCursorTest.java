package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.PixelLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several streams in the order of time, and packets in the order of the file. */
class MediaCursorTest {
  private final FakeMedia media = new FakeMedia().install();
  private MediaReader file;

  @BeforeEach
  void open() throws IOException {
    file = MediaReader.open(ByteSource.of(ByteBuffer.allocate(100)));
  }

  @AfterEach
  void close() {
    file.close();
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  @Test
  void next_videoAndAudio_mergesByTime() throws Exception {
    media.samples = 3000;
    VideoReader video = file.video(VideoOutput.of(PixelLayout.GRAY8));
    AudioReader audio = file.audio();
    MediaCursor cursor = file.interleaved(video, audio);
    List<Duration> times = new ArrayList<>();
    int frames = 0;
    int samples = 0;
    while (cursor.next()) {
      if (cursor.isVideo()) {
        assertThat(cursor.reader()).isSameAs(video);
        assertThat(cursor.frame().pixels().get(0)).isEqualTo((byte) frames);
        times.add(cursor.frame().time());
        assertThatThrownBy(cursor::samples)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a frame has been read, not samples: isVideo() tells");
        frames++;
      } else {
        assertThat(cursor.reader()).isSameAs(audio);
        times.add(cursor.samples().pts().orElseThrow());
        samples += cursor.samples().count();
        assertThatThrownBy(cursor::frame)
            .hasMessage("samples have been read, not a frame: isVideo() tells");
      }
    }

    assertThat(times).isSorted();
    assertThat(frames).isEqualTo(10);
    assertThat(samples).isEqualTo(3000);
    assertThat(cursor.next()).isFalse();
    assertThatThrownBy(cursor::isVideo)
        .hasMessage("there is nothing: call next(), and only if it returns true");
    assertThat(cursor).hasToString("cursor of [" + video + ", " + audio + "]");
  }

  @Test
  void next_streamsThatStartLater_comeLater() throws Exception {
    media.startNanos = 1_000_000_000;
    MediaCursor cursor =
        file.interleaved(file.audio(), file.video(VideoOutput.of(PixelLayout.GRAY8)));
    for (int i = 0; i < 10; i++) {
      cursor.next();
      assertThat(cursor.isVideo()).isTrue();
    }
    cursor.next();
    assertThat(cursor.isVideo()).isFalse();
    assertThat(cursor.samples().pts()).hasValue(Duration.ofSeconds(1));
  }

  @Test
  void frame_stale_isRefused() throws Exception {
    MediaCursor cursor = file.interleaved(file.video(VideoOutput.of(PixelLayout.GRAY8)));
    cursor.next();
    ReadFrame first = cursor.frame();
    ReadFrame kept = first.copy();
    cursor.next();

    assertThatThrownBy(first::pixels).isInstanceOf(IllegalStateException.class);
    assertThat(kept.pixels().get(0)).isZero();
  }

  @Test
  void next_failureOfOneStream_isThrownAndNamedAfterwards() throws Exception {
    IOException failure = new IOException("disk");
    media.on(
        "read 1024 1024",
        () -> {
          throw failure;
        });
    MediaCursor cursor =
        file.interleaved(file.audio(), file.video(VideoOutput.of(PixelLayout.GRAY8)));
    cursor.next();

    assertThatThrownBy(cursor::next).isSameAs(failure);
    assertThatThrownBy(cursor::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audio 0 after a failure");
  }

  @Test
  void next_damagedFrame_goesOnBehindIt() throws Exception {
    media.damaged = Set.of(2);
    VideoOutput output = VideoOutput.of(PixelLayout.GRAY8).damage(Damage.FAIL);
    MediaCursor cursor = file.interleaved(file.video(output));
    cursor.next();
    cursor.next();

    assertThatThrownBy(cursor::next).isInstanceOf(DamagedFrameException.class);
    cursor.next();
    assertThat(cursor.frame().index()).isEqualTo(3);
  }

  @Test
  void packets_all_inTheOrderOfTheFile() throws Exception {
    try (PacketCursor cursor = file.packets()) {
      assertThatThrownBy(cursor::packet)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("there is no packet: call next(), and only if it returns true");
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.discard()).isTrue();
      assertThat(cursor.stream()).isSameAs(file.info().streams().get(0));
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.discard()).isFalse();
      assertThat(cursor.stream()).isSameAs(file.info().streams().get(1));
      assertThat(cursor.packet().data().get(0)).isEqualTo((byte) 1);
      cursor.seek(Duration.ofSeconds(2));
      assertThatThrownBy(cursor::stream).isInstanceOf(IllegalStateException.class);
      cursor.next();
      assertThat(cursor.packet().pts()).isEqualTo(4);
      int more = 0;
      while (cursor.next()) {
        more++;
      }
      assertThat(more).isEqualTo(5);
      assertThat(cursor.next()).isFalse();
      assertThat(cursor).hasToString("packets of video 0, audio 0");
    }
    assertThat(media.calls()).contains("packets [0, 1]", "seek PT2S");
    assertThat(media.open()).isEqualTo(1);
  }

  @Test
  void packets_closed_areRefused() throws Exception {
    PacketCursor cursor = file.packets(file.info().streams().get(1));
    cursor.close();
    cursor.close();

    assertThatThrownBy(cursor::next)
        .hasMessage("next() was called on packets of audio 0 after its close()");
  }
}
