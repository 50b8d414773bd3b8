package io.reelmux.ffmpeg.internal.container;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.container.VideoTag.CONTENT_LIGHT;
import static io.reelmux.ffmpeg.internal.container.VideoTag.DISPLAY_MATRIX;
import static io.reelmux.ffmpeg.internal.container.VideoTag.FIELD_ORDER;
import static io.reelmux.ffmpeg.internal.container.VideoTag.FRAME_RATE;
import static io.reelmux.ffmpeg.internal.container.VideoTag.MASTERING_DISPLAY;
import static io.reelmux.ffmpeg.internal.container.VideoTag.MATRIX;
import static io.reelmux.ffmpeg.internal.container.VideoTag.PRIMARIES;
import static io.reelmux.ffmpeg.internal.container.VideoTag.RANGE;
import static io.reelmux.ffmpeg.internal.container.VideoTag.SAMPLE_ASPECT_RATIO;
import static io.reelmux.ffmpeg.internal.container.VideoTag.TRANSFER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** The table of all {@link ContainerRow}s. */
final class ContainerRows {

  /** Codecs that an MPEG program stream can hold. */
  private static final Set<String> PROGRAM_STREAM =
      Set.of(
          "mpeg1video",
          "mpeg2video",
          "mpeg4",
          "h264",
          "hevc",
          "mp1",
          "mp2",
          "mp3",
          "ac3",
          "dts",
          "pcm_s16be",
          "pcm_dvd");

  private static final Set<String> TRANSPORT_STREAM =
      Set.of(
          "mpeg1video",
          "mpeg2video",
          "mpeg4",
          "h264",
          "hevc",
          "vvc",
          "cavs",
          "dirac",
          "vc1",
          "mp1",
          "mp2",
          "mp3",
          "aac",
          "aac_latm",
          "ac3",
          "eac3",
          "dts",
          "truehd",
          "opus",
          "s302m");

  private static final Set<String> REAL_MEDIA =
      Set.of("rv10", "rv20", "rv30", "rv40", "ac3", "ra_144", "aac", "cook", "sipr", "atrac3");

  private static final String NO_HEADER =
      "it has no header, so who reads it has to know the codec, the size and the rate";

  private static final String CHECKSUMS = "it is checksums instead of packets";

  private static final String SEGMENTS =
      "Output.segments writes HLS, DASH and other segments, Output.fragments a live MP4";

  /** Stands for no muxer at all: packets go to a listener only. */
  static final ContainerRow PACKETS =
      row("packets")
          .h264AndAac()
          .keepsAudioGaps()
          .withoutDurations()
          .text("subrip", "webvtt", "ass", "mov_text");

  private static final Map<String, ContainerRow> BY_NAME = new LinkedHashMap<>();
  private static final Map<String, String> BY_ALIAS = new LinkedHashMap<>();

  static {
    add(
        row("mp4")
            .mov()
            .statesLayouts()
            .aliases("m4v")
            .h264AndAac()
            .indexNeedsSamplesOf("ac3", "eac3")
            .stores(MATRIX, RANGE, PRIMARIES, TRANSFER, MASTERING_DISPLAY, CONTENT_LIGHT),
        row("mov")
            .mov()
            .garbles("a64_multi", "a64_multi5", "pcm_s64le", "wmav1", "wmav2")
            .statesLayouts()
            .aliases("quicktime")
            .h264AndAac()
            .indexNeedsSamplesOf("ac3", "eac3")
            .stores(MATRIX, PRIMARIES, TRANSFER, MASTERING_DISPLAY, CONTENT_LIGHT, FIELD_ORDER),
        row("ipod").mov().commonName("m4a").h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        // by default H.263 and AMR, which support only a few sizes and one sample rate
        row("3gp").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("3g2").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("f4v").mov().h264AndAac().indexNeedsSamplesOf("ac3", "eac3"),
        row("psp").mov().indexNeedsSamplesOf("ac3", "eac3"),
        row("matroska")
            .matroska()
            .text("subrip", "ass", "webvtt")
            .aliases("mkv", "mka")
            .garbles("qtrle")
            .h264AndAac(),
        row("webm")
            .matroska()
            .text("webvtt")
            .video(AV_CODEC_ID_VP9)
            .deviceVideo(AV_CODEC_ID_AV1)
            .audio(AV_CODEC_ID_OPUS),
        // times have 33 bits and start again at 0; a gap of more than half of that is ambiguous
        row("mpegts")
            .aliases("ts", "m2ts", "mts")
            .h264AndAac()
            .keepsAudioGaps()
            .holdsOnly(TRANSPORT_STREAM)
            .buffersAhead()
            .times(TimeLimits.bits(32, 32, 64))
            .unreadableIfEmpty()
            .withoutDurations(),
        row("mpeg")
            .aliases("mpg")
            .holdsOnly(PROGRAM_STREAM)
            .unreadableIfEmpty()
            .sharesTimes()
            .buffersAhead(),
        row("vob").holdsOnly(PROGRAM_STREAM).unreadableIfEmpty().sharesTimes().buffersAhead(),
        row("dvd").holdsOnly(PROGRAM_STREAM).unreadableIfEmpty().sharesTimes().buffersAhead(),
        row("svcd").holdsOnly(PROGRAM_STREAM).unreadableIfEmpty().sharesTimes().buffersAhead(),
        row("vcd").holdsOnly(PROGRAM_STREAM).unreadableIfEmpty().sharesTimes().buffersAhead(),
        // more than two channels of other codecs crash the process
        row("flv")
            .h264AndAac()
            .lacksWithoutSeek("it has no duration")
            // presentation times are a signed difference of 24 bits
            .times(TimeLimits.bits(31, 23, 31))
            .surroundOnly("aac", "opus", "flac", "ac3", "eac3")
            .movesIndexWithFlag("flvflags", "add_keyframe_index"),
        row("nut")
            .stores(SAMPLE_ASPECT_RATIO)
            .skipsPriming("opus")
            .withoutDurations()
            .writesHeaderUpdates()
            .unreadableIfEmpty()
            .garbles(
                "a64_multi", "a64_multi5", "adpcm_g726", "adpcm_ima_wav", "eac3", "wmav1", "wmav2"),
        row("asf")
            .stores(SAMPLE_ASPECT_RATIO)
            .statesLayouts()
            .garbles("a64_multi", "a64_multi5", "dnxhd", "prores"),
        row("asf_stream").statesNothing("it is in pieces for the MMS protocol"),
        row("rm").holdsOnly(REAL_MEDIA),
        row("wtv").garbles("a64_multi", "a64_multi5", "ffvhuff", "mjpeg", "utvideo", "zlib"),
        row("oma").garbles("wmav2"),
        row("swf").garbles("png"),
        row("avm2").garbles("png"),
        // a duration has 24 bits of milliseconds, and the encoder counts them in 31
        row("webp").startsAtZero().times(TimeLimits.bits(24, 64, 31)),
        row("apng")
            .startsAtZero()
            .lastDelay(Container.LastDelay.IN_SECONDS)
            .stores(SAMPLE_ASPECT_RATIO),
        row("yuv4mpegpipe").stores(RANGE, SAMPLE_ASPECT_RATIO, FIELD_ORDER),
        row("mxf")
            .ordersPackets()
            .stores(MATRIX, RANGE, PRIMARIES, TRANSFER, MASTERING_DISPLAY, FRAME_RATE)
            .unrepeatable("FFmpeg writes bytes into its index that it has not set"),
        row("mxf_d10").ordersPackets().stores(FRAME_RATE),
        row("gxf").ordersPackets(),
        row("mxf_opatom").stores(FRAME_RATE),
        row("voc").roundsRatesOf("pcm_u8"),
        row("avif").stores(DISPLAY_MATRIX, SAMPLE_ASPECT_RATIO),
        // without timestamps a shift of all streams by the priming becomes a frame of video
        row("avi")
            .statesLayouts()
            .stores(SAMPLE_ASPECT_RATIO)
            .mustSeek()
            .needsTags()
            .garbles("flac")
            .deviceVideo(AV_CODEC_ID_H264)
            .startsTogether()
            .byDefault("avoid_negative_ts", "disabled"),
        row("ivf").mustSeek().deviceVideo(AV_CODEC_ID_AV1),
        // a delay counts hundredths of a second, and players show 1/100 as 1/10
        row("gif")
            .maxFrameRate(50)
            .minShownTicks(2)
            .startsAtZero()
            .lastDelay(Container.LastDelay.IN_TICKS)
            .times(TimeLimits.bits(16, 64, 64))
            .stores(SAMPLE_ASPECT_RATIO),
        row("h264").aliases("264"),
        row("hevc").aliases("265", "h265"),
        row("adts").aliases("aac"),
        // users expect Opus in Xiph's containers; the build may default to FLAC
        row("ogg").audio(AV_CODEC_ID_OPUS).trims("opus", "vorbis", "flac"),
        row("oga").audioOnly().audio(AV_CODEC_ID_OPUS).trims("opus", "vorbis", "flac"),
        row("ogv").audio(AV_CODEC_ID_OPUS).trims("opus", "vorbis", "flac"),
        row("opus").audioOnly().audio(AV_CODEC_ID_OPUS).trims("opus", "vorbis", "flac"),
        row("mp3")
            .audioOnly()
            .trims("mp3")
            .lacksWithoutSeek(
                "its header states neither the duration nor which samples the encoder added: players"
                    + " play them, 1,105 at the start and some at the end"),
        row("flac").audioOnly().lacksWithoutSeek("its header does not state the number of samples"),
        // above 4 GiB the header becomes that of RF64
        row("wav")
            .audioOnly()
            .statesLayouts()
            // its readers expect PCM, and find the frames of AAC by their size at best
            .garbles("aac")
            .lacksWithoutSeek("its header does not state the length")
            .byDefault("rf64", "auto"),
        row("w64").mustSeek().statesLayouts(),
        // both take the back channels for side ones
        row("caf").mustSeek().statesLayouts().misstatesLayouts("quad", "5.0", "5.1", "7.1"),
        row("aiff")
            .aliases("aif")
            .audioOnly()
            .mustSeek()
            .statesLayouts()
            .misstatesLayouts("quad", "5.0", "5.1", "7.1"),
        row("tta").audioOnly(),
        // for AAC with headers of its own, which encoders do not write
        row("spdif").garbles("aac"),
        row("srt").text("subrip"),
        row("webvtt").aliases("vtt").text("webvtt"),
        row("ass").aliases("ssa").text("ass").cueMillis(10),
        row("rawvideo").holdsOnly(Set.of("rawvideo")).statesNothing(NO_HEADER),
        // of one encoder each, a packet is an address, or nothing
        row("data").garbles("wrapped_avframe", "vnull", "anull").statesNothing(NO_HEADER),
        row("a64").statesNothing("it is a program for a Commodore 64"),
        row("aptx").statesNothing(NO_HEADER),
        row("aptx_hd").statesNothing(NO_HEADER),
        row("dfpwm").statesNothing(NO_HEADER),
        row("g722").statesNothing(NO_HEADER),
        row("g726").statesNothing(NO_HEADER),
        row("g726le").statesNothing(NO_HEADER),
        row("crc").statesNothing(CHECKSUMS),
        row("framecrc").statesNothing(CHECKSUMS),
        row("framehash").statesNothing(CHECKSUMS),
        row("framemd5").statesNothing(CHECKSUMS),
        row("hash").statesNothing(CHECKSUMS),
        row("md5").statesNothing(CHECKSUMS),
        row("streamhash").statesNothing(CHECKSUMS),
        row("mkvtimestamp_v2").statesNothing("it is a list of times"),
        row("ffmetadata").statesNothing("it is a list of tags and chapters"),
        row("hls").opensOthers().instead(SEGMENTS),
        row("dash").opensOthers().instead(SEGMENTS),
        row("segment").opensOthers().instead(SEGMENTS),
        row("stream_segment").opensOthers(),
        row("ssegment").opensOthers(),
        row("tee").opensOthers(),
        row("fifo").opensOthers(),
        row("hds").opensOthers(),
        row("smoothstreaming").opensOthers(),
        row("webm_chunk").opensOthers(),
        row("webm_dash_manifest").opensOthers(),
        row("image2")
            .opensOthers()
            .instead(
                "one frame is a still image in mjpeg (for .jpg), apng (for .png), webp or avif:"
                    + " use openFile(path, format)"),
        row("image2pipe").opensOthers(),
        row("rtp").opensOthers(),
        row("rtp_mpegts").opensOthers(),
        row("rtsp").opensOthers(),
        row("sap").opensOthers(),
        row("whip").opensOthers(),
        row("mpjpeg").opensOthers(),
        row("chromaprint").opensOthers(),
        // opens its output a second time
        row("film_cpk").opensOthers(),
        // for frames that are not encoded
        row("uncodedframecrc").opensOthers());
  }

  private ContainerRows() {}

  private static ContainerRow row(String name) {
    return new ContainerRow(name);
  }

  private static void add(ContainerRow... rows) {
    for (ContainerRow row : rows) {
      putOnce(BY_NAME, row.name, row);
      for (String alias : row.aliases) {
        putOnce(BY_ALIAS, alias, row.name);
      }
      if (row.commonName.isPresent()) {
        putOnce(BY_ALIAS, row.commonName.get(), row.name);
      }
    }
    for (String alias : BY_ALIAS.keySet()) {
      if (BY_NAME.containsKey(alias)) {
        throw new IllegalStateException("'" + alias + "' is a row and an alias of another");
      }
    }
  }

  static <V> void putOnce(Map<String, V> table, String name, V value) {
    if (table.putIfAbsent(name, value) != null) {
      throw new IllegalStateException("the name '" + name + "' stands twice in the table");
    }
  }

  /** The row of a muxer, without traits if there is none. */
  static ContainerRow of(String name) {
    ContainerRow row = BY_NAME.get(name);
    if (row != null) {
      return row;
    }
    return isPcm(name) ? row(name).statesNothing(NO_HEADER) : row(name);
  }

  /** FFmpeg has a muxer for samples without a header of most kinds. */
  private static boolean isPcm(String name) {
    AVCodecDescriptor pcm = avcodec_descriptor_get_by_name("pcm_" + name);
    return pcm != null && !pcm.isNull();
  }

  /** FFmpeg's name of the muxer that has an alias. */
  static Optional<String> nameOf(String alias) {
    return Optional.ofNullable(BY_ALIAS.get(alias));
  }

  /** FFmpeg's names of all muxers that have a row. */
  static Set<String> allNames() {
    return BY_NAME.keySet();
  }

  /** All aliases. */
  static Set<String> allAliases() {
    return BY_ALIAS.keySet();
  }
}
