package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.FrameRate;
import io.reelmux.PacketStreamInfo;
import io.reelmux.Quality;
import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches the encoder, and when. */
class TranscoderTest {

  @TempDir Path folder;

  private final FakeMedia media = new FakeMedia().install();
  private Path output;

  @BeforeEach
  void prepare() {
    output = folder.resolve("out.mp4");
    media.samples = 3200;
    FakeEncoderBackend.onFrame = () -> {};
    FakeEncoderBackend.ENCODED.clear();
  }

  @AfterEach
  void everythingIsReleased() {
    assertThat(media.open()).isZero();
    assertThat(media.breaches()).isEmpty();
  }

  private static Transcoder transcoder() {
    return Transcoder.of(ByteSource.of(ByteBuffer.allocate(100)));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static List<String> encoded(String stream) {
    return FakeEncoderBackend.ENCODED.stream().filter(line -> line.startsWith(stream)).toList();
  }

  @Test
  void toFile_wholeFile_encodesEverythingInOrderOfTime() throws Exception {
    TranscodeResult result = transcoder().toFile(output);

    assertThat(FakeEncoderBackend.ENCODED)
        .containsExactly(
            "v0 0",
            "a0 0+1024",
            "v0 40",
            "v0 80",
            "v0 120",
            "a0 128+1024",
            "v0 160",
            "v0 200",
            "v0 240",
            "a0 256+1024",
            "v0 280",
            "v0 320",
            "v0 360",
            "v0 end 400",
            "a0 384+128",
            "a0 end");
    assertThat(result.reports()).hasSize(2);
    assertThat(result.reports().get(0).decoded()).isEqualTo(10);
    assertThat(result.notes()).isEmpty();
    assertThat(result.encoding().container()).isEqualTo("fake");
    VideoOptions options = FakeEncoderBackend.request().videos().get(0);
    assertThat(options.frameRate()).isEqualTo(FrameRate.of(25, 1));
    assertThat(output).exists();
  }

  @Test
  void toFile_options_areChanged() throws Exception {
    transcoder()
        .video(VideoOutput.source().frameRate(FrameRate.of(5, 1)))
        .video(options -> options.quality(Quality.HIGH))
        .audio(AudioOutput.source().sampleRate(16_000))
        .audio(options -> options.codec("opus"))
        .encoder(settings -> settings.metadata("a", "b"))
        .streams(stream -> true)
        .limits(Limits.NONE)
        .toFile(output);

    assertThat(FakeEncoderBackend.request().videos().get(0).quality()).hasValue(Quality.HIGH);
    assertThat(FakeEncoderBackend.request().audios().get(0).sampleRate()).isEqualTo(16_000);
    assertThat(FakeEncoderBackend.request().audios().get(0).codec()).hasValue("opus");
    assertThat(encoded("v0")).containsExactly("v0 0", "v0 200", "v0 end 400");
  }

  @Test
  void trim_part_beginsWithTheFrameThatIsShown() throws Exception {
    media.timeBase = new TimeBase(1, 25);
    media.pts = new long[] {0, 1, 2, 3, 4, 8, 9};

    transcoder().trim(ms(100), ms(340)).toFile(output);

    assertThat(encoded("v0"))
        .as("frame 2 from 80 ms on; frame 5 from 320 ms on")
        .containsExactly("v0 0", "v0 20", "v0 60", "v0 220", "v0 end 240");
    assertThat(encoded("a0")).containsExactly("a0 0+1024", "a0 128+896", "a0 end");
    assertThat(media.calls()).as("nothing before it is decoded").contains("position 2");
  }

  @Test
  void trim_onlyInOrder_leavesOutWhatIsBefore() throws Exception {
    media.sequentialOnly = "a filter";

    transcoder().trim(ms(100), ms(180)).toFile(output);

    assertThat(encoded("v0")).containsExactly("v0 0", "v0 20", "v0 60", "v0 end 80");
  }

  @Test
  void copyAudio_trimmed_cutsBetweenPacketsAndSaysSo() throws Exception {
    PacketStreamInfo packets =
        PacketStreamInfo.builder(StreamKind.VIDEO, "h264", media.timeBase).size(4, 2).build();
    StreamFacts facts = FakeMedia.facts(1, "aac", media.timeBase);
    media.streams =
        List.of(FakeMedia.video(0, "h264"), FakeMedia.audio(withPackets(facts, packets), 2));

    TranscodeResult result = transcoder().copyAudio().trim(ms(100), ms(200)).toFile(output);

    assertThat(encoded("p0")).containsExactly("p0 0", "p0 1", "p0 end");
    assertThat(result.notes())
        .containsExactly("stream 1 (aac) has been copied, and cut between packets");
    assertThat(result.reports()).hasSize(1);
  }

  @Test
  void copyAudio_thereIsNone_isNoted() throws Exception {
    media.streams = List.of(FakeMedia.video(0, "h264"));

    TranscodeResult result = transcoder().copyAudio().copied(packets -> {}).toFile(output);

    assertThat(result.notes())
        .containsExactly(
            "copyAudio: there was no audio stream to copy",
            "copied(...) has changed nothing: no stream was copied");
  }

  @Test
  void copyVideo_thereIsNone_isNoted() throws Exception {
    media.streams = List.of(FakeMedia.audio(0, "aac"));

    TranscodeResult result = transcoder().copyVideo().toFile(output);

    assertThat(result.notes()).containsExactly("copyVideo: there was no video stream to copy");
  }

  private static StreamFacts withPackets(StreamFacts facts, PacketStreamInfo packets) {
    return new StreamFacts(
        facts.index(),
        facts.codec(),
        facts.timeBase(),
        facts.start(),
        facts.duration(),
        facts.bitRate(),
        facts.language(),
        facts.title(),
        facts.dispositions(),
        facts.tags(),
        facts.unsupported(),
        Optional.of(packets));
  }

  @Test
  void streams_leftOut_areNamed() throws Exception {
    media.streams =
        List.of(
            FakeMedia.video(0, "h264"),
            FakeMedia.audio(1, "aac"),
            new OtherInfo(FakeMedia.facts(2, "mov_text", media.timeBase), "subtitle"));

    TranscodeResult result =
        transcoder().streams(stream -> stream instanceof VideoInfo).toFile(output);

    assertThat(result.notes())
        .containsExactly(
            "stream 1 (aac) has been left out", "stream 2 (mov_text) has been left out");
    assertThat(encoded("a0")).isEmpty();
    assertThatThrownBy(() -> transcoder().streams(stream -> true).toFile(output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "stream 2 (subtitle, mov_text) cannot be transcoded: choose video and audio streams");
    assertThatThrownBy(() -> transcoder().streams(stream -> false).toFile(output))
        .isInstanceOf(UnsupportedMediaException.class)
        .hasMessage("could not transcode: no video or audio stream is left to encode");
  }

  @Test
  void toFile_readingFails_leavesNoFileThatLooksWhole() throws Exception {
    IOException failure = new IOException("disk");
    media.on(
        "next",
        () -> {
          if (FakeEncoderBackend.ENCODED.size() > 3) {
            throw failure;
          }
        });

    assertThatThrownBy(() -> transcoder().toFile(output)).isSameAs(failure);
    assertThat(output).doesNotExist();
  }

  @Test
  void cancel_running_endsItAndDeletesTheFile() throws Exception {
    Transcoder transcoder = transcoder();
    List<String> once = new ArrayList<>();
    FakeEncoderBackend.onFrame =
        () -> {
          if (once.isEmpty()) {
            once.add("canceled");
            transcoder.cancel();
          }
        };

    assertThatThrownBy(() -> transcoder.toFile(output)).isInstanceOf(CancellationException.class);
    assertThat(output).doesNotExist();
  }

  @Test
  void cancel_before_isKept() throws Exception {
    Transcoder transcoder = transcoder();
    transcoder.cancel();

    assertThatThrownBy(() -> transcoder.toFile(output))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the transcoder has been canceled");
    assertThat(output).doesNotExist();
  }

  @Test
  void mistakes_settings_areRefused() throws Exception {
    assertThatThrownBy(() -> transcoder().trim(ms(-1), ms(5)))
        .hasMessage("start PT-0.001S: must not be negative");
    assertThatThrownBy(() -> transcoder().trim(ms(5), ms(5)))
        .hasMessage("end PT0.005S: must be after start PT0.005S");
    assertThatThrownBy(() -> transcoder().trim(ms(0), ms(5)).copyVideo().toFile(output))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "trim contradicts copyVideo: packets can be cut at key frames only; encode the video");
    assertThatThrownBy(() -> transcoder().copyAudio().toFile(output))
        .isInstanceOf(UnsupportedMediaException.class)
        .hasMessage("could not copy aac (stream 1): its codec is not known: encode it");
    Transcoder used = transcoder();
    used.toFile(output);
    assertThatThrownBy(() -> used.toFile(output))
        .hasMessage("the transcoder has run before: create another");
    assertThat(used).hasToString("Transcoder of 100 bytes in memory");
  }
}
