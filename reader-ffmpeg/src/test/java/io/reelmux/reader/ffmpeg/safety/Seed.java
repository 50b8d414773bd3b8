package io.reelmux.reader.ffmpeg.safety;

import io.reelmux.testing.FfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small whole files of many kinds, which are then damaged. The installed ffmpeg makes them. */
enum Seed {
  H264_AAC_MP4("h264.mp4", 24, "libx264 -preset ultrafast -bf 2 -g 8", "aac"),
  H264_AAC_FRAGMENTED(
      "fragmented.mp4",
      24,
      "libx264 -preset ultrafast -g 8 -movflags frag_keyframe+empty_moov",
      "aac"),
  H264_MP3_MKV("h264.mkv", 24, "libx264 -preset ultrafast -bf 2 -g 8", "libmp3lame"),
  H264_AAC_TS("h264.ts", 24, "libx264 -preset ultrafast -bf 2 -g 8", "aac"),
  H264_AAC_FLV("h264.flv", 24, "libx264 -preset ultrafast -g 8", "aac"),
  HEVC_FLAC_MKV(
      "hevc.mkv", 12, "libx265 -preset ultrafast -x265-params log-level=none:keyint=6", "flac"),
  HEVC_AAC_MP4(
      "hevc.mp4", 12, "libx265 -preset ultrafast -x265-params log-level=none:keyint=6", "aac"),
  VP9_OPUS_WEBM("vp9.webm", 12, "libvpx-vp9 -deadline realtime -cpu-used 8 -g 6", "libopus"),
  MPEG4_MP3_AVI("mpeg4.avi", 24, "mpeg4 -bf 2 -g 8", "libmp3lame"),
  MPEG2_MP2_PS("mpeg2.mpg", 24, "mpeg2video -bf 2 -g 8", "mp2"),
  FFV1_FLAC_MKV("ffv1.mkv", 6, "ffv1 -level 3 -g 3", "flac"),
  PRORES_PCM_MOV("prores.mov", 4, "prores_ks", "pcm_s16le"),
  GIF("animated.gif", 8, "gif", null),
  PNG("still.png", 1, "png", null),
  APNG("animated.apng", 6, "apng", null),
  OPUS_OGG("audio.ogg", 0, null, "libopus"),
  MP3("audio.mp3", 0, null, "libmp3lame"),
  FLAC("audio.flac", 0, null, "flac");

  private final String fileName;
  private final int frames;
  private final @Nullable String video;
  private final @Nullable String audio;

  Seed(String fileName, int frames, @Nullable String video, @Nullable String audio) {
    this.fileName = fileName;
    this.frames = frames;
    this.video = video;
    this.audio = audio;
  }

  /** Returns the file in a folder, and makes it unless it is there. */
  Path in(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve(fileName);
    if (Files.notExists(file)) {
      List<String> arguments = new ArrayList<>();
      if (video != null) {
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=s=96x64:r=25"));
      }
      if (audio != null) {
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=440:r=48000"));
      }
      if (video != null) {
        arguments.add("-c:v");
        arguments.addAll(List.of(video.split(" ")));
        arguments.addAll(List.of("-frames:v", Integer.toString(frames)));
      }
      if (audio != null) {
        arguments.addAll(List.of("-c:a", audio));
      }
      arguments.addAll(List.of("-t", "1", "-shortest", file.toString()));
      FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
    }
    return file;
  }
}
