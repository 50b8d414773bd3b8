package io.reelmux.ffmpeg.refusal;

import static io.reelmux.ffmpeg.refusal.Refusals.accepted;
import static io.reelmux.ffmpeg.refusal.Refusals.audio;
import static io.reelmux.ffmpeg.refusal.Refusals.h264;
import static io.reelmux.ffmpeg.refusal.Refusals.isGpl;
import static io.reelmux.ffmpeg.refusal.Refusals.video;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoder and muxer options, by FFmpeg's names. */
class OptionRefusalTest {
  private static final Consumer<Encoder> VIDEO =
      encoder -> encoder.addVideo(VideoOptions.of(64, 48, 25));

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, aq-mod, aq-mode",
    "libvpx-vp9, cpuused, cpu-used",
    "libvpx-vp9, dealine, deadline",
    "mpeg4, mpeg_qant, mpeg_quant",
    "libopenh264, rc_mdoe, rc_mode"
  })
  void option_mistyped_refusedWithNearName(String codec, String wrong, String near)
      throws IOException {
    assertThat(video("mkv", video(codec).option(wrong, "1").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("video 0")
        .hasMessageContaining("unknown option '" + wrong + "' of encoder " + codec)
        .hasMessageContaining("did you mean")
        .hasMessageContaining(near);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zzzzzzzz", "width", "max_b_frames", "-b", "b:v", "g=1", "g\n", "漢", "'"})
  void option_unknownWithoutNearName_refused(String wrong) throws IOException {
    assertThat(video("mkv", video(h264()).option(wrong, "1").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option '" + wrong + "'");
  }

  @Test
  void option_ofAnotherEncoder_refused() throws IOException {
    assertThat(video("mkv", video("mpeg4").option("rc_mode", "quality").build()))
        .hasMessageContaining("unknown option 'rc_mode' of encoder mpeg4");
    assertThat(audio("mp4", audio("aac").option("application", "voip").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining("unknown option 'application' of encoder aac");
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, crf, 1000, 0 to 63",
    "libvpx-vp9, aq-mode, 99, '-1 to 4, or none, variance, complexity, cyclic, equator360'",
    "libvpx-vp9, g, 99999999999, -2147483648 to 2147483647",
    "mpeg4, qmin, 70, 1 to 31",
    "mpeg4, bf, -2, -1 to 2147483647",
    "ffv1, slicecrc, 3, -1 to 2",
    "mpeg4, qblur, -2, -1 or more",
    "gif, b, -1, 0 to"
  })
  void option_outOfRange_refusedWithTheRange(String codec, String name, String value, String range)
      throws IOException {
    assertThat(video("mkv", video(codec).option(name, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + name + "'")
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining("allowed: " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, deadline, quickly, 'best, good, realtime'",
    "libvpx-vp9, crf, high, 0 to 63",
    "libvpx-vp9, crf, nan, 0 to 63",
    "libvpx-vp9, g, '', to",
    "mpeg4, b, fast, 0 to",
    "mpeg4, flags, +nonsense, cgop",
    "mpeg4, mpeg_quant, 1 2, to"
  })
  void option_unreadableValue_refusedWithWhatIsAllowed(
      String codec, String name, String value, String allowed) throws IOException {
    assertThat(video("mkv", video(codec).option(name, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + name + "' of encoder " + codec)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23.5", "5/2", "12e-1", ".5", "0.0001k", "1/3", "-7.25"})
  void option_fractionForWholeNumber_refused(String value) throws IOException {
    assertThat(video("mkv", video("libvpx-vp9").option("g", value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "option 'g' of encoder libvpx-vp9 accepts whole numbers only, not '" + value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"23", "0x17", "1e2", "10.0", "2*12", "+5", "1k", "1.5k", "max", "default"})
  void option_wholeNumberHoweverWritten_accepted(String value) throws IOException {
    accepted(
        Encoder.builder(),
        "mkv",
        encoder -> encoder.addVideo(video("mpeg4").option("g", value).build()));
  }

  @ParameterizedTest
  @CsvSource({
    "libvpx-vp9, aq-mode, variance",
    "libvpx-vp9, deadline, realtime",
    "libvpx-vp9, deadline, good",
    "libvpx-vp9, threads, auto",
    "libvpx-vp9, strict, experimental",
    "libvpx-vp9, b, 1M",
    "libvpx-vp9, row-mt, true",
    "mpeg4, flags, +mv4+aic",
    "mpeg4, flags, +bitexact",
    "mpeg4, mbd, rd",
    "mpeg2video, flags, +cgop",
    "libopenh264, rc_mode, quality",
    "libopenh264, profile, main",
    "ffv1, coder, range_tab"
  })
  void option_namedConstant_accepted(String codec, String name, String value) throws IOException {
    accepted(
        Encoder.builder(),
        "mkv",
        encoder -> {
          VideoOptions.Builder options = video(codec).option(name, value);
          if (codec.equals("mpeg2video")) {
            options.option("sc_threshold", "1000000000");
          }
          encoder.addVideo(options.build());
        });
  }

  @Test
  void option_namedConstantsOfX264_accepted() throws IOException {
    assumeTrue(isGpl());

    for (String option : new String[] {"aq-mode=variance", "flags=+cgop", "me_method=hex"}) {
      String[] pair = option.split("=", 2);
      accepted(
          Encoder.builder(),
          "mp4",
          encoder -> encoder.addVideo(video("libx264").option(pair[0], pair[1]).build()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "video_size, 4096x2160, outputSize",
    "pixel_format, yuv444p, VideoOptions.pixelFormat",
    "time_base, 1/3, VideoOptions.frameRate",
    "framerate, 3, VideoOptions.frameRate",
    "colorspace, bt709, VideoOptions.color",
    "color_range, pc, VideoOptions.color",
    "color_primaries, bt709, VideoOptions.color",
    "color_trc, bt709, VideoOptions.color",
    "chroma_sample_location, left, VideoOptions.color",
    "ar, 48000, AudioOptions",
    "ac, 2, AudioOptions",
    "ch_layout, stereo, AudioOptions",
    "sample_fmt, s16, AudioOptions"
  })
  void option_thatVideoSettingOwns_refusedNamingIt(String name, String value, String setting)
      throws IOException {
    for (String codec : new String[] {"libvpx-vp9", "mpeg4", h264()}) {
      assertThat(video("mkv", video(codec).option(name, value).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option '" + name + "' of encoder " + codec + " must not be set")
          .hasMessageContaining(setting);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ar, 48000, AudioOptions.outputSampleRate",
    "ac, 2, AudioOptions.outputChannels",
    "ch_layout, stereo, AudioOptions.outputChannels",
    "channel_layout, stereo, AudioOptions.outputChannels",
    "sample_fmt, s16, AudioOptions.sampleFormat",
    "request_sample_fmt, s16, AudioOptions.sampleFormat",
    "time_base, 1/3, AudioOptions.outputSampleRate",
    "frame_size, 7, the encoder",
    "video_size, 10x10, VideoOptions",
    "pixel_format, rgb24, VideoOptions"
  })
  void option_thatAudioSettingOwns_refusedNamingIt(String name, String value, String setting)
      throws IOException {
    for (String codec : new String[] {"aac", "libopus", "libmp3lame"}) {
      assertThat(audio("mkv", audio(codec).option(name, value).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option '" + name + "' of encoder " + codec)
          .hasMessageContaining(setting);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "crf, crf",
    "g, gop",
    "b, bitRate",
    "threads, threads",
    "bf, maxBFrames",
    "maxrate, maxBitRate",
    "profile, profile",
    "preset, preset"
  })
  void option_withTypedSetting_refusedNamingBoth(String name, String setting) throws IOException {
    VideoOptions.Builder options = video(h264()).option(name, "1");
    switch (setting) {
      case "crf" -> options.crf(20);
      case "gop" -> options.gop(10);
      case "bitRate" -> options.bitRate(100_000);
      case "threads" -> options.threads(1);
      case "maxBFrames" -> options.maxBFrames(0);
      case "maxBitRate" -> options.maxBitRate(100_000);
      case "profile" -> options.profile("main");
      default -> options.preset("fast");
    }

    assertThat(video("mkv", options.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + name + "' and VideoOptions." + setting);
  }

  @Test
  void muxerOption_mistyped_refusedWithNearName() throws IOException {
    assertThat(muxer("movflag", "x", "mp4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option 'movflag' of container mp4; did you mean movflags");
    assertThat(muxer("movflags", "+faststart", "mkv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown option 'movflags' of container matroska");
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, frag_duration, -1, 0 to 2147483647",
    "mp4, frag_size, 99999999999999, 0 to 2147483647",
    "mp4, use_editlist, 2, -1 to 1",
    "mp4, flush_packets, 7, -1 to 1",
    "mkv, flush_packets, 7, -1 to 1",
    "mkv, cluster_size_limit, -7, -1 to 2147483647",
    "ts, mpegts_service_id, 70000, 1 to 65535",
    "ts, mpegts_service_id, abc, 1 to 65535",
    "mp4, video_track_timescale, 2.5, whole numbers",
    "mp4, write_tmcd, maybe, -1 to 1",
    "mp4, movflags, +bogus, faststart",
    "mp4, avoid_negative_ts, nope, make_zero",
    "mp4, strict, zz, experimental"
  })
  void muxerOption_badValue_refusedWithWhatIsAllowed(
      String format, String name, String value, String allowed) throws IOException {
    assertThat(muxer(name, value, format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + name + "' of container")
        .hasMessageContaining(value)
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "CRASH_SAFE, +faststart",
    "CRASH_SAFE, +delay_moov",
    "CRASH_SAFE, -empty_moov",
    "FAST_START, +empty_moov",
    "FAST_START, -faststart",
    "FRAGMENTED, +hybrid_fragmented",
    "FRAGMENTED, +faststart",
    "PLAIN, +frag_keyframe",
    "PLAIN, +faststart"
  })
  void muxerOption_movflagsAgainstTheMode_refusedNamingBoth(ContainerMode mode, String flags)
      throws IOException {
    Encoder.Builder builder = Encoder.builder().container(mode).muxerOption("movflags", flags);

    assertThat(Refusals.refusal(builder, "mp4", VIDEO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("movflags '" + flags + "' contradicts ContainerMode." + mode);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, brand, mp42",
    "mp4, movflags, +disable_chpl",
    "mp4, movflags, disable_chpl",
    "mkv, reserve_index_space, 1024",
    "ts, mpegts_service_id, 7",
    "mkv, fflags, +bitexact"
  })
  void muxerOption_ofTheContainer_accepted(String format, String name, String value)
      throws IOException {
    accepted(Encoder.builder().muxerOption(name, value), format, VIDEO);
  }

  private static Throwable muxer(String name, String value, String format) throws IOException {
    return Refusals.refusal(Encoder.builder().muxerOption(name, value), format, VIDEO);
  }

  @ParameterizedTest
  @CsvSource({
    "tune, zzz, 'film, animation, grain'",
    "tune, 'film,grain', 'fastdecode, zerolatency'",
    "preset, zzz, 'ultrafast, superfast'",
    "profile, zzz, 'baseline, main, high, high10, high422, high444'",
    "profile, hihg, did you mean high"
  })
  void option_nameThatX264Refuses_refusedWithTheNames(String name, String value, String names)
      throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mp4", video("libx264").option(name, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " '" + value + "'")
        .hasMessageContaining("libx264")
        .hasMessageContaining(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"film", "grain,fastdecode", "zerolatency", "PSNR"})
  void option_tuneOfX264_accepted(String tune) throws IOException {
    assumeTrue(isGpl());

    accepted(
        Encoder.builder(),
        "mp4",
        encoder -> encoder.addVideo(video("libx264").option("tune", tune).build()));
  }

  @Test
  void option_refusedByTheEncoderItself_carriesItsMessage() throws IOException {
    assertThat(audio("mp4", audio("aac").option("profile", "aac_he").build()))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("aac")
        .hasMessageContaining("Profile not supported");
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, 60, 0 to 51",
    "libx264, -5, 0 to 51",
    "libx265, 52, 0 to 51",
    "libvpx, 64, 0 to 63",
    "libvpx-vp9, -1, 0 to 63",
    "libaom-av1, 999, 0 to 63",
    "libsvtav1, 0, 1 to 63",
    "libsvtav1, 70, 1 to 63"
  })
  void crf_outOfTheEncodersRange_refused(String codec, double crf, String range)
      throws IOException {
    assumeTrue(isGpl());

    assertThat(video("mkv", VideoOptions.builder(64, 64, 25).codec(codec).crf(crf).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crf " + (int) crf + ": " + codec + " accepts " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, crf, 60, 60, 0 to 51",
    "libx264, crf, 51.5, 51.5, 0 to 51",
    "libx264, qp, 52, 52, 0 to 51",
    "libx264, x264-params, bframes=0:crf=60, 60, 0 to 51",
    "libx264, x264opts, qp=99, 99, 0 to 51",
    "libx264rgb, crf, 60, 60, 0 to 51",
    "libx265, crf, 60, 60, 0 to 51",
    "libx265, x265-params, crf=60, 60, 0 to 51",
    "libsvtav1, crf, 0, 0, 1 to 63",
    "libsvtav1, qp, 0, 0, 1 to 63",
    "libsvtav1, svtav1-params, crf=0, 0, 1 to 63",
    "libsvtav1, svtav1-params, tune=1:crf=64, 64, 1 to 63",
    "libsvtav1, svtav1-params, qp=0, 0, 1 to 63"
  })
  void option_beyondTheRangeOfItsSetting_refusedAlike(
      String codec, String option, String value, String number, String range) throws IOException {
    assumeTrue(isGpl());

    assertThat(
            video(
                "mkv", VideoOptions.builder(64, 64, 25).codec(codec).option(option, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(crf|qp) " + number + ": " + codec + " accepts " + range);
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, crf, 51",
    "libx264, crf, 0",
    "libx264, crf, -1",
    "libx264, qp, -1",
    "libx264, x264-params, crf=51",
    "libx265, crf, 51",
    "libvpx-vp9, crf, -1",
    "libsvtav1, crf, 63"
  })
  void option_withinTheRangeOfItsSettingOrUnset_accepted(String codec, String option, String value)
      throws IOException {
    assumeTrue(isGpl());

    accepted(
        Encoder.builder(),
        "mkv",
        encoder ->
            encoder.addVideo(
                VideoOptions.builder(64, 64, 25).codec(codec).option(option, value).build()));
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, x264-params, zzz=1, zzz",
    "libx264, x264-params, crf=abc, abc",
    "libx264, x264opts, zzz=1, zzz",
    "libx264, x264opts, me=bogus, bogus",
    "libx265, x265-params, zzz=1, zzz",
    "libx265, x265-params, crf=abc, abc",
    "libsvtav1, svtav1-params, zzz=1, zzz",
    "libsvtav1, svtav1-params, tune=abc, abc",
    "libaom-av1, aom-params, zzz=1, zzz"
  })
  void option_parameterThatTheLibraryDoesNotAccept_refused(
      String codec, String option, String value, String wrong) throws IOException {
    assumeTrue(isGpl());

    assertThat(
            video(
                "mkv", VideoOptions.builder(64, 64, 25).codec(codec).option(option, value).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option '" + option + "' of encoder " + codec)
        .hasMessageContaining(wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "quality, qp, 20",
    "quality, b, 1M",
    "quality, global_quality, 5",
    "bitRate, qp, 20",
    "bitRate, crf, 20",
    "crf, b, 1M",
    "quality, x264-params, crf=3",
    "bitRate, x264-params, qp=3",
    "gop, x264-params, keyint=3",
    "maxBFrames, x264opts, bframes=3",
    "threads, x264-params, threads=3"
  })
  void option_thatSaysTheSameAsASetting_refusedNamingBoth(
      String setting, String option, String value) throws IOException {
    assumeTrue(isGpl());
    VideoOptions.Builder options = video("libx264").option(option, value);
    switch (setting) {
      case "quality" -> options.quality(Quality.LOW);
      case "bitRate" -> options.bitRate(100_000);
      case "gop" -> options.gop(5);
      case "maxBFrames" -> options.maxBFrames(1);
      case "threads" -> options.threads(1);
      default -> options.crf(20);
    }

    assertThat(video("mkv", options.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("VideoOptions." + setting + " say the same thing");
  }
}
