package io.reelmux.reader.ffmpeg.index;

import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The kinds of files in which frames are hard to number: containers without times or with those of
 * decoding only, GOP structures, cuts, joins and variable rates. The installed ffmpeg makes them.
 */
enum MediaKind {
  H264_MP4("h264.mp4", x264()),
  H264_MOV("h264.mov", copy(H264_MP4)),
  H264_MKV("h264.mkv", copy(H264_MP4)),
  H264_TS("h264.ts", copy(H264_MP4)),
  H264_FLV("h264.flv", copy(H264_MP4)),
  H264_AVI("h264.avi", copy(H264_MP4)),
  H264_NUT("h264.nut", copy(H264_MP4)),
  H264_RAW("h264.h264", copy(H264_MP4)),
  H264_FRAGMENTED("fragmented.mp4", copy(H264_MP4, "-movflags", "frag_keyframe+empty_moov")),
  H264_WITHOUT_EDITS("noedit.mp4", copy(H264_MP4, "-use_editlist", "0")),
  H264_CUT_BY_EDIT("cut.mp4", copy(H264_MP4, "-ss", "0.7")),
  H264_WRAPPED_TS("wrapped.ts", copy(H264_MP4, "-output_ts_offset", "95442")),
  H264_JOINED_TS("joined.ts", join(H264_TS)),
  H264_CUT_TS("cut.ts", cut(H264_TS)),
  H264_TRUNCATED_TS("truncated.ts", truncate(H264_TS)),
  H264_TRUNCATED_MKV("truncated.mkv", truncate(H264_MKV)),
  H264_OPEN("open.mp4", x264("-x264-params", "open-gop=1:b-adapt=0:scenecut=0")),
  H264_OPEN_TS("open.ts", copy(H264_OPEN)),
  H264_OPEN_MKV("open.mkv", copy(H264_OPEN)),
  H264_REFRESH("refresh.mp4", x264("-bf", "0", "-x264-params", "intra-refresh=1")),
  H264_INTRA("intra.mp4", x264("-g", "1")),
  H264_PYRAMID("pyramid.mkv", x264("-bf", "6", "-x264-params", "b-pyramid=normal:b-adapt=0")),
  H264_VFR_MP4("vfr.mp4", x264("-vf", Make.UNEVEN, "-vsync", "vfr")),
  H264_VFR_MKV("vfr.mkv", copy(H264_VFR_MP4)),
  HEVC_MP4("hevc.mp4", x265("open-gop=0")),
  HEVC_MKV("hevc.mkv", copy(HEVC_MP4)),
  HEVC_TS("hevc.ts", copy(HEVC_MP4)),
  HEVC_RAW("hevc.hevc", copy(HEVC_MP4, "-bsf:v", "hevc_mp4toannexb")),
  HEVC_CUT_TS("cuthevc.ts", cut(HEVC_TS)),
  HEVC_OPEN("openhevc.mp4", x265("open-gop=1:b-adapt=0:scenecut=0")),
  HEVC_OPEN_TS("openhevc.ts", copy(HEVC_OPEN)),
  HEVC_OPEN_CUT_TS("cutopenhevc.ts", cut(HEVC_OPEN_TS)),
  AV1_MP4("av1.mp4", encode("libsvtav1", "-preset", "10")),
  VP8_WEBM("vp8.webm", encode("libvpx", "-deadline", "realtime", "-cpu-used", "8")),
  VP8_HIDDEN("vp8hidden.webm", encode("libvpx", "-auto-alt-ref", "1", "-lag-in-frames", "16")),
  VP9_WEBM("vp9.webm", encode("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")),
  VP9_HIDDEN(
      "vp9hidden.webm",
      encode("libvpx-vp9", "-auto-alt-ref", "1", "-lag-in-frames", "16", "-cpu-used", "5")),
  MPEG4_MP4("mpeg4.mp4", encode("mpeg4", "-bf", "2", "-q:v", "3")),
  MPEG4_AVI("mpeg4.avi", copy(MPEG4_MP4)),
  MPEG4_MKV("mpeg4.mkv", copy(MPEG4_MP4)),
  MPEG2_TS("mpeg2.ts", encode("mpeg2video", "-bf", "2", "-q:v", "3")),
  MPEG2_PS("mpeg2.mpg", encode("mpeg2video", "-bf", "2", "-q:v", "3")),
  MPEG1_PS("mpeg1.mpg", encode("mpeg1video", "-bf", "2", "-q:v", "3")),
  MJPEG_AVI("mjpeg.avi", encode("mjpeg", "-q:v", "3")),
  FFV1_MKV("ffv1.mkv", encode("ffv1")),
  PRORES_MOV("prores.mov", encode("prores_ks")),
  THEORA_OGG("theora.ogv", encode("libtheora", "-q:v", "8")),
  GIF("animated.gif", encode("gif")),
  APNG("animated.apng", encode("apng"));

  private final String fileName;
  private final Make make;

  MediaKind(String fileName, Make make) {
    this.fileName = fileName;
    this.make = make;
  }

  /** Whether the file ends in the middle of a packet. */
  boolean isTruncated() {
    return this == H264_TRUNCATED_TS || this == H264_TRUNCATED_MKV;
  }

  /** A way to make a file. */
  @FunctionalInterface
  private interface Make {

    /** Every second or third frame, at times that drift apart. */
    String UNEVEN =
        "select='not(mod(n\\,2))+lt(n\\,40)*not(mod(n\\,3))',setpts=N*N/25/TB/40+N/25/TB";

    void run(Folder folder, Path target) throws IOException, InterruptedException;
  }

  /** Where files are made, each once. */
  record Folder(Path path, int frames, int gop) {

    /** Returns the file of a kind. */
    Path file(MediaKind kind) throws IOException, InterruptedException {
      Path target = path.resolve(kind.fileName);
      if (!Files.exists(target)) {
        kind.make.run(this, target);
      }
      return target;
    }

    private Path raw() throws IOException {
      Path raw = path.resolve("frames.yuv");
      if (!Files.exists(raw)) {
        NumberedFrames.write(raw, frames);
      }
      return raw;
    }
  }

  private static Make x264(String... options) {
    List<String> all =
        new ArrayList<>(List.of("-preset", "veryfast", "-bf", "3", "-b_strategy", "0"));
    all.addAll(List.of(options));
    return encode("libx264", all.toArray(String[]::new));
  }

  private static Make x265(String parameters) {
    return (folder, target) ->
        encode(
                "libx265",
                "-preset",
                "ultrafast",
                "-tag:v",
                "hvc1",
                "-x265-params",
                "log-level=none:bframes=3:keyint=" + folder.gop() + ":" + parameters)
            .run(folder, target);
  }

  private static Make encode(String encoder, String... options) {
    return (folder, target) -> {
      List<String> arguments =
          new ArrayList<>(
              List.of("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "160x96", "-r", "25", "-i"));
      arguments.add(folder.raw().toString());
      arguments.addAll(List.of("-c:v", encoder, "-g", Integer.toString(folder.gop())));
      arguments.addAll(Arrays.asList(options));
      arguments.add(target.toString());
      quietly(arguments);
    };
  }

  private static Make copy(MediaKind source, String... options) {
    return (folder, target) -> {
      List<String> arguments = new ArrayList<>(List.of("-i", folder.file(source).toString()));
      arguments.addAll(List.of("-c", "copy"));
      arguments.addAll(Arrays.asList(options));
      arguments.add(target.toString());
      quietly(arguments);
    };
  }

  /** Some encoders print whatever the log level is. */
  private static void quietly(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "quiet", "-y"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      // once more, to see why
      FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    }
  }

  private static Make join(MediaKind source) {
    return (folder, target) -> {
      byte[] once = Files.readAllBytes(folder.file(source));
      byte[] twice = Arrays.copyOf(once, 2 * once.length);
      System.arraycopy(once, 0, twice, once.length, once.length);
      Files.write(target, twice);
    };
  }

  /** Drops the first third, at the boundary of a transport packet, inside a GOP. */
  private static Make cut(MediaKind source) {
    return (folder, target) -> {
      byte[] all = Files.readAllBytes(folder.file(source));
      int from = all.length / 188 / 3 * 188;
      Files.write(target, Arrays.copyOfRange(all, from, all.length));
    };
  }

  /** Drops the last third, in the middle of a packet. */
  private static Make truncate(MediaKind source) {
    return (folder, target) -> {
      byte[] all = Files.readAllBytes(folder.file(source));
      Files.write(target, Arrays.copyOf(all, all.length * 2 / 3));
    };
  }
}
