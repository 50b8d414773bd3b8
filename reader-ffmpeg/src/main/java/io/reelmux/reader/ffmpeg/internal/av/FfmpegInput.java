package io.reelmux.reader.ffmpeg.internal.av;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The FFmpeg functions that only reading needs, under their names in C. Those that encoding uses as
 * well are in {@link io.reelmux.ffmpeg.internal.av.Ffmpeg}; no other class calls a function of the
 * bindings, so that tests can make each of them fail.
 *
 * <p>Each method only passes its arguments on. Return codes and null pointers are checked by the
 * callers.
 */
@SuppressWarnings("MemberName") // the names in C
public final class FfmpegInput {

  private FfmpegInput() {}

  // libavutil

  public static int av_opt_set_int(Pointer struct, String name, long value, int searchFlags) {
    return avutil.av_opt_set_int(struct, name, value, searchFlags);
  }

  public static byte av_get_picture_type_char(int type) {
    return avutil.av_get_picture_type_char(type);
  }

  public static @Nullable AVFrameSideData av_frame_get_side_data(AVFrame frame, int type) {
    return avutil.av_frame_get_side_data(frame, type);
  }

  public static @Nullable BytePointer av_get_media_type_string(int type) {
    return avutil.av_get_media_type_string(type);
  }

  public static int av_frame_copy_props(AVFrame target, AVFrame source) {
    return avutil.av_frame_copy_props(target, source);
  }

  public static int av_frame_apply_cropping(AVFrame frame, int flags) {
    return avutil.av_frame_apply_cropping(frame, flags);
  }

  // libavcodec

  public static @Nullable AVCodecHWConfig avcodec_get_hw_config(AVCodec codec, int index) {
    return avcodec.avcodec_get_hw_config(codec, index);
  }

  public static int av_frame_copy(AVFrame target, AVFrame source) {
    return avutil.av_frame_copy(target, source);
  }

  public static @Nullable AVCodec avcodec_find_decoder(int codecId) {
    return avcodec.avcodec_find_decoder(codecId);
  }

  public static @Nullable AVCodec avcodec_find_decoder_by_name(String name) {
    return avcodec.avcodec_find_decoder_by_name(name);
  }

  public static int avcodec_parameters_to_context(
      AVCodecContext context, AVCodecParameters parameters) {
    return avcodec.avcodec_parameters_to_context(context, parameters);
  }

  public static int avcodec_send_packet(AVCodecContext context, @Nullable AVPacket packet) {
    return avcodec.avcodec_send_packet(context, packet);
  }

  public static int avcodec_receive_frame(AVCodecContext context, AVFrame frame) {
    return avcodec.avcodec_receive_frame(context, frame);
  }

  public static void avcodec_flush_buffers(AVCodecContext context) {
    avcodec.avcodec_flush_buffers(context);
  }

  public static int av_get_audio_frame_duration2(AVCodecParameters parameters, int bytes) {
    return avcodec.av_get_audio_frame_duration2(parameters, bytes);
  }

  // libavformat

  public static @Nullable AVInputFormat av_find_input_format(String name) {
    return avformat.av_find_input_format(name);
  }

  public static @Nullable AVInputFormat av_demuxer_iterate(Pointer state) {
    return avformat.av_demuxer_iterate(state);
  }

  public static @Nullable AVFormatContext avformat_alloc_context() {
    return avformat.avformat_alloc_context();
  }

  public static int avformat_open_input(
      AVFormatContext context,
      @Nullable String url,
      @Nullable AVInputFormat format,
      AVDictionary options) {
    return avformat.avformat_open_input(context, url, format, options);
  }

  public static void avformat_close_input(AVFormatContext context) {
    avformat.avformat_close_input(context);
  }

  public static int avformat_find_stream_info(
      AVFormatContext context, @Nullable PointerPointer<?> options) {
    return avformat.avformat_find_stream_info(context, options);
  }

  public static int av_read_frame(AVFormatContext context, AVPacket packet) {
    return avformat.av_read_frame(context, packet);
  }

  public static int av_seek_frame(AVFormatContext context, int stream, long time, int flags) {
    return avformat.av_seek_frame(context, stream, time, flags);
  }

  public static @Nullable AVIndexEntry avformat_index_get_entry(AVStream stream, int index) {
    return avformat.avformat_index_get_entry(stream, index);
  }

  public static @Nullable AVIOContext avio_alloc_context(
      BytePointer buffer,
      int size,
      Pointer opaque,
      Read_packet_Pointer_BytePointer_int read,
      @Nullable Seek_Pointer_long_int seek) {
    return avformat.avio_alloc_context(buffer, size, 0, opaque, read, null, seek);
  }
}
