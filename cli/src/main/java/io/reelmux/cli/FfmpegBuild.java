package io.reelmux.cli;

import io.reelmux.StreamKind;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * What is known of the native libraries beyond the catalog. The only class of the command that
 * calls FFmpeg; the catalog must have loaded it.
 */
final class FfmpegBuild {

  private FfmpegBuild() {}

  /** Returns JavaCPP's name of this platform, such as {@code linux-x86_64}. */
  static String platform() {
    return Loader.getPlatform();
  }

  /** Returns where native libraries are unpacked. */
  static String cacheDirectory() {
    try {
      return Loader.getCacheDir().getPath();
    } catch (IOException e) {
      return "none: " + e.getMessage();
    }
  }

  /** Returns where on the class path the libraries of this platform are, LGPL and GPL. */
  static List<String> found() throws IOException {
    List<String> found = new ArrayList<>();
    for (String extension : List.of("", "-gpl")) {
      String name = System.mapLibraryName("jniavutil");
      String resource = "org/bytedeco/ffmpeg/" + platform() + extension + "/" + name;
      for (URL url : Collections.list(FfmpegBuild.class.getClassLoader().getResources(resource))) {
        String text = url.toString();
        int end = text.indexOf("!/");
        found.add(end < 0 ? text : text.substring(0, end).replaceFirst("^jar:file:", ""));
      }
    }
    return found;
  }

  /** Returns the directory from which FFmpeg was loaded. */
  static Optional<String> directory() {
    return Loader.getLoadedLibraries().entrySet().stream()
        .filter(entry -> entry.getKey().contains("jniavutil"))
        .map(Map.Entry::getValue)
        .map(file -> String.valueOf(new File(file).getParent()))
        .findFirst();
  }

  /** Returns the version of each library. */
  static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("libavcodec", version(avcodec.avcodec_version()));
    versions.put("libavformat", version(avformat.avformat_version()));
    versions.put("libavutil", version(avutil.avutil_version()));
    versions.put("libswscale", version(swscale.swscale_version()));
    versions.put("libswresample", version(swresample.swresample_version()));
    return versions;
  }

  private static String version(int packed) {
    return (packed >>> 16) + "." + (packed >>> 8 & 0xFF) + "." + (packed & 0xFF);
  }

  /** Returns whether an encoder needs hardware, which this machine may lack. */
  static boolean needsHardware(String encoder) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    int flags = avcodec.AV_CODEC_CAP_HARDWARE | avcodec.AV_CODEC_CAP_HYBRID;
    return codec != null && !codec.isNull() && (codec.capabilities() & flags) != 0;
  }

  /** Returns the codecs that can be decoded, by FFmpeg's names, sorted. */
  static List<String> decodedCodecs(StreamKind kind) {
    int type =
        switch (kind) {
          case VIDEO -> avutil.AVMEDIA_TYPE_VIDEO;
          case AUDIO -> avutil.AVMEDIA_TYPE_AUDIO;
          case SUBTITLE -> avutil.AVMEDIA_TYPE_SUBTITLE;
        };
    TreeSet<String> names = new TreeSet<>();
    try (Pointer state = new Pointer()) {
      AVCodec codec;
      while ((codec = avcodec.av_codec_iterate(state)) != null && !codec.isNull()) {
        boolean hardware = (codec.capabilities() & avcodec.AV_CODEC_CAP_HARDWARE) != 0;
        if (avcodec.av_codec_is_decoder(codec) != 0 && codec.type() == type && !hardware) {
          names.add(avcodec.avcodec_get_name(codec.id()).getString());
        }
      }
    }
    return List.copyOf(names);
  }
}
