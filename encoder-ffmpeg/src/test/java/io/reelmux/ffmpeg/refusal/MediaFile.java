package io.reelmux.ffmpeg.refusal;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The contents of a file as libavformat reads them.
 *
 * @param tags of the container
 * @param titles of the streams, empty if a stream has none
 * @param packets of each stream
 */
record MediaFile(Map<String, String> tags, List<String> titles, List<Integer> packets) {

  static MediaFile read(byte[] bytes) throws IOException {
    Path copy = Files.createTempFile("read", "");
    try {
      return read(Files.write(copy, bytes));
    } finally {
      Files.delete(copy);
    }
  }

  static MediaFile read(Path file) throws IOException {
    AVFormatContext input = new AVFormatContext(null);
    int opened = avformat_open_input(input, "file:" + file, null, null);
    if (opened < 0) {
      throw new IOException("could not open " + file + ": " + opened);
    }
    try {
      if (avformat_find_stream_info(input, (PointerPointer<?>) null) < 0) {
        throw new IOException("no streams in " + file);
      }
      int[] packets = new int[input.nb_streams()];
      List<String> titles = new ArrayList<>();
      for (int i = 0; i < packets.length; i++) {
        titles.add(tags(input.streams(i).metadata()).getOrDefault("title", ""));
      }
      AVPacket packet = av_packet_alloc();
      while (av_read_frame(input, packet) >= 0) {
        packets[packet.stream_index()]++;
        av_packet_unref(packet);
      }
      av_packet_free(packet);
      return new MediaFile(
          tags(input.metadata()), titles, java.util.Arrays.stream(packets).boxed().toList());
    } finally {
      avformat_close_input(input);
    }
  }

  private static Map<String, String> tags(AVDictionary dictionary) {
    Map<String, String> tags = new LinkedHashMap<>();
    AVDictionaryEntry entry = null;
    while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != null) {
      tags.put(
          entry.key().getString(StandardCharsets.UTF_8),
          entry.value().getString(StandardCharsets.UTF_8));
    }
    return tags;
  }
}
