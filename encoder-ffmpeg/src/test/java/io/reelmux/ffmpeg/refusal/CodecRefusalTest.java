package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.accepted;
import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.h264;
import static io.reelmux.ffmpeg.refusal.Refusals.isGpl;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codecs that do not exist, or that do not fit this kind of stream. */
class CodecRefusalTest {

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp8, libvpx-vp9",
    "vp99, vp9",
    "h246, h264",
    "libopenh246, libopenh264",
    "mjepg, mjpeg"
  })
  void codec_mistypedVideo_refusedWithNearName(String wrong, String near) throws IOException {
    assertThat(video("mkv", video(wrong).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video 0")
        .hasMessageContaining("unknown codec '" + wrong + "'")
        .hasMessageContaining(near)
        .hasMessageContaining("EncoderCatalog");
  }

  @ParameterizedTest
  @CsvSource({"acc, aac", "libmp3lam, libmp3lame", "opsu, opus", "pcm_s16, pcm_s16le"})
  void codec_mistypedAudio_refusedWithNearName(String wrong, String near) throws IOException {
    assertThat(audio("mkv", audio(wrong).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining("unknown codec '" + wrong + "'")
        .hasMessageContaining("did you mean")
        .hasMessageContaining(near);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzzzzzzz", "-", "libvpx:x=1", "http://x", "漢字", "%s%n", "'"})
  void codec_unknownWithoutNearName_refused(String wrong) throws IOException {
    assertThat(video("mkv", video(wrong).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown codec '" + wrong + "'");
  }

  @Test
  void codec_withoutEncoderInThisBuild_refused() throws IOException {
    assertThat(video("mkv", video("theora").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no encoder for the codec 'theora'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libx264", "libx265", "libx264rgb"})
  void codec_gplEncoderOnLgplBuild_refusedNamingTheArtifact(String codec) throws IOException {
    assumeFalse(isGpl(), "this FFmpeg build has " + codec);

    assertThat(video("mp4", video(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + codec + "'")
        .hasMessageContaining("GPL")
        .hasMessageContaining("org.bytedeco:ffmpeg-platform-gpl");
  }

  @Test
  void codec_hevcOnLgplBuild_refused() throws IOException {
    assumeFalse(isGpl(), "this FFmpeg build has libx265");

    assertThat(video("mp4", video("hevc").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no encoder for the codec 'hevc'")
        .hasMessageContaining("the GPL build has libx265: add org.bytedeco:ffmpeg-platform-gpl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"H264", "avc", "AVC", "h.264", "VP9", "LIBVPX-VP9"})
  void codec_otherNameOrCase_accepted(String name) throws IOException {
    accepted(Encoder.builder(), "mkv", encoder -> encoder.addVideo(video(name).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h265", "H.265", "HEVC"})
  void codec_otherNameOfHevc_accepted(String name) throws IOException {
    assumeTrue(isGpl());
    accepted(
        Encoder.builder(),
        "mkv",
        encoder -> encoder.addVideo(VideoOptions.builder(64, 64, 25).codec(name).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aac", "libmp3lame", "mp3", "pcm_s16le", "opus"})
  void codec_audioForVideo_refused(String codec) throws IOException {
    assertThat(video("mkv", video(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video 0")
        .hasMessageContaining("'" + codec + "' is not a video codec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libopenh264", "vp9", "gif", "rawvideo"})
  void codec_videoForAudio_refused(String codec) throws IOException {
    assertThat(audio("mkv", audio(codec).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining("'" + codec + "' is not an audio codec");
  }

  @Test
  void codec_secondOfThreeIsWrong_refusalNamesIt() throws IOException {
    Throwable refusal =
        Refusals.refusal(
            Encoder.builder(),
            "mkv",
            encoder -> {
              encoder.addVideo(video(h264()).build());
              encoder.addVideo(video("nonsense").build());
              encoder.addAudio(audio("alsowrong").build());
            });

    assertThat(refusal).hasMessageStartingWith("video 1:");
  }

  @Test
  void codec_experimental_refusedExplainingHowToAllowIt() throws IOException {
    assertThat(audio("ogg", audio("vorbis").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option(\"strict\", \"experimental\") allows it");
    accepted(
        Encoder.builder(),
        "ogg",
        encoder -> encoder.addAudio(audio("vorbis").option("strict", "experimental").build()));
  }

  @Test
  void codec_missingHardware_refused() throws IOException {
    assertThat(video("mp4", video("h264_vaapi").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("h264_vaapi accepts no software pixel format")
        .hasMessageContaining("vaapi");
  }

  @Test
  void codec_palettesOnly_refused() throws IOException {
    assertThat(video("avi", video("msrle").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("msrle accepts no software pixel format")
        .hasMessageContaining("pal8");
  }
}
