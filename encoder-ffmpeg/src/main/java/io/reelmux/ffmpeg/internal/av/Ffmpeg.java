package io.reelmux.ffmpeg.internal.av;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avfilter.AVFilter;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraphSegment;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * The FFmpeg functions that Reelmux uses, by library and under their names in C. No other class
 * calls a function of the bindings, so that this class is the complete list: tests make each of
 * these methods fail in turn, and a native image needs these functions and no others.
 *
 * <p>Each method only passes its arguments on. FFmpeg's documentation describes them. Return codes
 * and null pointers are checked by the callers, with {@link Av}.
 */
@SuppressWarnings("MemberName") // the names in C
public final class Ffmpeg {

  private Ffmpeg() {}

  // libavutil

  public static BytePointer av_version_info() {
    return avutil.av_version_info();
  }

  public static int av_strerror(int code, byte[] text, long size) {
    return avutil.av_strerror(code, text, size);
  }

  public static int AVERROR_EAGAIN() {
    return avutil.AVERROR_EAGAIN();
  }

  public static @Nullable LogCallback logCallback() {
    return avutil.logCallback();
  }

  public static void setLogCallback(LogCallback callback) {
    avutil.setLogCallback(callback);
  }

  public static @Nullable Pointer av_malloc(long size) {
    return avutil.av_malloc(size);
  }

  public static void av_free(Pointer memory) {
    avutil.av_free(memory);
  }

  public static @Nullable Pointer av_mallocz(long size) {
    return avutil.av_mallocz(size);
  }

  public static int av_dict_set(
      AVDictionary dictionary, BytePointer key, BytePointer value, int flags) {
    return avutil.av_dict_set(dictionary, key, value, flags);
  }

  public static @Nullable AVDictionaryEntry av_dict_iterate(
      @Nullable AVDictionary dictionary, @Nullable AVDictionaryEntry previous) {
    return avutil.av_dict_iterate(dictionary, previous);
  }

  public static void av_dict_free(AVDictionary dictionary) {
    avutil.av_dict_free(dictionary);
  }

  public static @Nullable AVOption av_opt_find(
      Pointer struct, String name, @Nullable String unit, int optionFlags, int searchFlags) {
    return avutil.av_opt_find(struct, name, unit, optionFlags, searchFlags);
  }

  public static @Nullable AVOption av_opt_next(Pointer struct, @Nullable AVOption previous) {
    return avutil.av_opt_next(struct, previous);
  }

  public static @Nullable Pointer av_opt_child_next(Pointer struct, @Nullable Pointer previous) {
    return avutil.av_opt_child_next(struct, previous);
  }

  public static int av_get_cpu_flags() {
    return avutil.av_get_cpu_flags();
  }

  public static int av_opt_set(Pointer struct, String name, String value, int searchFlags) {
    return avutil.av_opt_set(struct, name, value, searchFlags);
  }

  public static int av_opt_get_double(
      Pointer struct, String name, int searchFlags, double[] result) {
    return avutil.av_opt_get_double(struct, name, searchFlags, result);
  }

  public static int av_expr_parse_and_eval(double[] result, String expression, int logOffset) {
    return avutil.av_expr_parse_and_eval(
        result,
        expression,
        (byte[]) null,
        (double[]) null,
        (byte[]) null,
        null,
        (byte[]) null,
        null,
        null,
        logOffset,
        null);
  }

  public static @Nullable AVPixFmtDescriptor av_pix_fmt_desc_get(int pixelFormat) {
    return avutil.av_pix_fmt_desc_get(pixelFormat);
  }

  public static @Nullable AVPixFmtDescriptor av_pix_fmt_desc_next(
      @Nullable AVPixFmtDescriptor previous) {
    return avutil.av_pix_fmt_desc_next(previous);
  }

  public static int av_get_pix_fmt(String name) {
    return avutil.av_get_pix_fmt(name);
  }

  public static @Nullable BytePointer av_get_pix_fmt_name(int pixelFormat) {
    return avutil.av_get_pix_fmt_name(pixelFormat);
  }

  public static int av_get_sample_fmt(String name) {
    return avutil.av_get_sample_fmt(name);
  }

  public static @Nullable BytePointer av_color_space_name(int matrix) {
    return avutil.av_color_space_name(matrix);
  }

  public static @Nullable BytePointer av_color_range_name(int range) {
    return avutil.av_color_range_name(range);
  }

  public static @Nullable BytePointer av_get_sample_fmt_name(int sampleFormat) {
    return avutil.av_get_sample_fmt_name(sampleFormat);
  }

  public static int av_get_bytes_per_sample(int sampleFormat) {
    return avutil.av_get_bytes_per_sample(sampleFormat);
  }

  public static @Nullable AVFrameSideData av_frame_side_data_new(
      PointerPointer<?> list, int[] count, int type, long size, int flags) {
    return avutil.av_frame_side_data_new(list, count, type, size, flags);
  }

  public static @Nullable AVFrame av_frame_alloc() {
    return avutil.av_frame_alloc();
  }

  public static void av_frame_free(AVFrame frame) {
    avutil.av_frame_free(frame);
  }

  public static int av_frame_ref(AVFrame target, AVFrame source) {
    return avutil.av_frame_ref(target, source);
  }

  public static void av_frame_unref(AVFrame frame) {
    avutil.av_frame_unref(frame);
  }

  public static void av_frame_move_ref(AVFrame target, AVFrame source) {
    avutil.av_frame_move_ref(target, source);
  }

  public static int av_frame_get_buffer(AVFrame frame, int alignment) {
    return avutil.av_frame_get_buffer(frame, alignment);
  }

  public static int av_frame_is_writable(AVFrame frame) {
    return avutil.av_frame_is_writable(frame);
  }

  public static int av_frame_make_writable(AVFrame frame) {
    return avutil.av_frame_make_writable(frame);
  }

  public static int av_channel_layout_from_string(AVChannelLayout layout, String name) {
    return avutil.av_channel_layout_from_string(layout, name);
  }

  public static int av_channel_layout_copy(AVChannelLayout target, AVChannelLayout source) {
    return avutil.av_channel_layout_copy(target, source);
  }

  public static int av_channel_layout_compare(AVChannelLayout a, AVChannelLayout b) {
    return avutil.av_channel_layout_compare(a, b);
  }

  public static long av_rescale_q(long value, AVRational from, AVRational to) {
    return avutil.av_rescale_q(value, from, to);
  }

  public static long av_rescale(long value, long numerator, long denominator) {
    return avutil.av_rescale(value, numerator, denominator);
  }

  public static int av_channel_layout_describe(AVChannelLayout layout, byte[] text, long size) {
    return avutil.av_channel_layout_describe(layout, text, size);
  }

  public static int av_samples_set_silence(
      PointerPointer<?> planes, int offset, int samples, int channels, int sampleFormat) {
    return avutil.av_samples_set_silence(planes, offset, samples, channels, sampleFormat);
  }

  public static @Nullable AVAudioFifo av_audio_fifo_alloc(
      int sampleFormat, int channels, int samples) {
    return avutil.av_audio_fifo_alloc(sampleFormat, channels, samples);
  }

  public static void av_audio_fifo_free(AVAudioFifo fifo) {
    avutil.av_audio_fifo_free(fifo);
  }

  public static int av_audio_fifo_size(AVAudioFifo fifo) {
    return avutil.av_audio_fifo_size(fifo);
  }

  public static int av_audio_fifo_write(AVAudioFifo fifo, PointerPointer<?> planes, int samples) {
    return avutil.av_audio_fifo_write(fifo, planes, samples);
  }

  public static int av_audio_fifo_read(AVAudioFifo fifo, PointerPointer<?> planes, int samples) {
    return avutil.av_audio_fifo_read(fifo, planes, samples);
  }

  public static @Nullable AVBufferRef av_buffer_ref(AVBufferRef buffer) {
    return avutil.av_buffer_ref(buffer);
  }

  public static void av_buffer_unref(AVBufferRef buffer) {
    avutil.av_buffer_unref(buffer);
  }

  public static @Nullable AVBufferRef av_hwdevice_ctx_alloc(int type) {
    return avutil.av_hwdevice_ctx_alloc(type);
  }

  public static int av_hwdevice_ctx_init(AVBufferRef device) {
    return avutil.av_hwdevice_ctx_init(device);
  }

  public static int av_hwdevice_ctx_create(
      AVBufferRef device, int type, String name, @Nullable AVDictionary options, int flags) {
    return avutil.av_hwdevice_ctx_create(device, type, name, options, flags);
  }

  public static @Nullable AVBufferRef av_hwframe_ctx_alloc(AVBufferRef device) {
    return avutil.av_hwframe_ctx_alloc(device);
  }

  public static int av_hwframe_ctx_init(AVBufferRef frames) {
    return avutil.av_hwframe_ctx_init(frames);
  }

  public static int av_hwframe_get_buffer(AVBufferRef frames, AVFrame frame, int flags) {
    return avutil.av_hwframe_get_buffer(frames, frame, flags);
  }

  public static int av_hwframe_transfer_data(AVFrame target, AVFrame source, int flags) {
    return avutil.av_hwframe_transfer_data(target, source, flags);
  }

  // libavcodec

  public static int avutil_version() {
    return avutil.avutil_version();
  }

  public static int avcodec_version() {
    return avcodec.avcodec_version();
  }

  public static BytePointer avcodec_license() {
    return avcodec.avcodec_license();
  }

  public static @Nullable AVCodec av_codec_iterate(Pointer state) {
    return avcodec.av_codec_iterate(state);
  }

  public static int av_codec_is_encoder(AVCodec codec) {
    return avcodec.av_codec_is_encoder(codec);
  }

  public static @Nullable AVCodec avcodec_find_encoder(int codecId) {
    return avcodec.avcodec_find_encoder(codecId);
  }

  public static @Nullable AVCodec avcodec_find_encoder_by_name(String name) {
    return avcodec.avcodec_find_encoder_by_name(name);
  }

  public static @Nullable AVCodecDescriptor avcodec_descriptor_get(int codec) {
    return avcodec.avcodec_descriptor_get(codec);
  }

  public static int av_get_exact_bits_per_sample(int codec) {
    return avcodec.av_get_exact_bits_per_sample(codec);
  }

  public static @Nullable AVCodecDescriptor avcodec_descriptor_get_by_name(String name) {
    return avcodec.avcodec_descriptor_get_by_name(name);
  }

  public static BytePointer avcodec_get_name(int codecId) {
    return avcodec.avcodec_get_name(codecId);
  }

  public static int avcodec_get_supported_config(
      @Nullable AVCodecContext context,
      AVCodec codec,
      int config,
      int flags,
      Pointer values,
      int[] count) {
    return avcodec.avcodec_get_supported_config(context, codec, config, flags, values, count);
  }

  public static @Nullable AVCodecContext avcodec_alloc_context3(AVCodec codec) {
    return avcodec.avcodec_alloc_context3(codec);
  }

  public static void avcodec_free_context(AVCodecContext context) {
    avcodec.avcodec_free_context(context);
  }

  public static int avcodec_open2(
      AVCodecContext context, AVCodec codec, @Nullable AVDictionary options) {
    return avcodec.avcodec_open2(context, codec, options);
  }

  public static int avcodec_send_frame(AVCodecContext context, @Nullable AVFrame frame) {
    return avcodec.avcodec_send_frame(context, frame);
  }

  public static int avcodec_receive_packet(AVCodecContext context, AVPacket packet) {
    return avcodec.avcodec_receive_packet(context, packet);
  }

  public static @Nullable AVCodecParameters avcodec_parameters_alloc() {
    return avcodec.avcodec_parameters_alloc();
  }

  public static void avcodec_parameters_free(AVCodecParameters parameters) {
    avcodec.avcodec_parameters_free(parameters);
  }

  public static int avcodec_parameters_copy(AVCodecParameters target, AVCodecParameters source) {
    return avcodec.avcodec_parameters_copy(target, source);
  }

  public static int avcodec_parameters_from_context(
      AVCodecParameters parameters, AVCodecContext context) {
    return avcodec.avcodec_parameters_from_context(parameters, context);
  }

  public static @Nullable AVPacket av_packet_alloc() {
    return avcodec.av_packet_alloc();
  }

  public static void av_packet_free(AVPacket packet) {
    avcodec.av_packet_free(packet);
  }

  public static int av_new_packet(AVPacket packet, int size) {
    return avcodec.av_new_packet(packet, size);
  }

  public static @Nullable BytePointer av_packet_new_side_data(
      AVPacket packet, int type, long size) {
    return avcodec.av_packet_new_side_data(packet, type, size);
  }

  public static int av_get_bits_per_sample(int codecId) {
    return avcodec.av_get_bits_per_sample(codecId);
  }

  public static void av_packet_unref(AVPacket packet) {
    avcodec.av_packet_unref(packet);
  }

  public static void av_packet_move_ref(AVPacket target, AVPacket source) {
    avcodec.av_packet_move_ref(target, source);
  }

  public static int av_packet_ref(AVPacket target, AVPacket source) {
    return avcodec.av_packet_ref(target, source);
  }

  public static int av_packet_copy_props(AVPacket target, AVPacket source) {
    return avcodec.av_packet_copy_props(target, source);
  }

  public static @Nullable AVPacketSideData av_packet_side_data_add(
      AVPacketSideData list, int[] count, int type, Pointer data, long size, int flags) {
    return avcodec.av_packet_side_data_add(list, count, type, data, size, flags);
  }

  // libavformat

  public static int avformat_version() {
    return avformat.avformat_version();
  }

  public static @Nullable AVOutputFormat av_muxer_iterate(Pointer state) {
    return avformat.av_muxer_iterate(state);
  }

  public static @Nullable AVOutputFormat av_guess_format(
      @Nullable String name, @Nullable String fileName, @Nullable String mimeType) {
    return avformat.av_guess_format(name, fileName, mimeType);
  }

  public static int avformat_query_codec(AVOutputFormat format, int codecId, int strictness) {
    return avformat.avformat_query_codec(format, codecId, strictness);
  }

  public static int av_codec_get_tag(PointerPointer<?> tags, int codecId) {
    return avformat.av_codec_get_tag(tags, codecId);
  }

  public static int avformat_alloc_output_context2(
      AVFormatContext context,
      AVOutputFormat format,
      @Nullable String formatName,
      @Nullable String fileName) {
    return avformat.avformat_alloc_output_context2(context, format, formatName, fileName);
  }

  public static void avformat_free_context(AVFormatContext context) {
    avformat.avformat_free_context(context);
  }

  public static @Nullable AVStream avformat_new_stream(
      AVFormatContext context, @Nullable AVCodec codec) {
    return avformat.avformat_new_stream(context, codec);
  }

  public static int avformat_write_header(AVFormatContext context, @Nullable AVDictionary options) {
    return avformat.avformat_write_header(context, options);
  }

  public static int av_write_frame(AVFormatContext context, @Nullable AVPacket packet) {
    return avformat.av_write_frame(context, packet);
  }

  public static int av_interleaved_write_frame(AVFormatContext context, AVPacket packet) {
    return avformat.av_interleaved_write_frame(context, packet);
  }

  public static int av_write_trailer(AVFormatContext context) {
    return avformat.av_write_trailer(context);
  }

  public static @Nullable AVIOContext avio_alloc_context(
      BytePointer buffer,
      int bufferSize,
      int writable,
      Pointer opaque,
      @Nullable Read_packet_Pointer_BytePointer_int read,
      @Nullable Write_packet_Pointer_BytePointer_int write,
      @Nullable Seek_Pointer_long_int seek) {
    return avformat.avio_alloc_context(buffer, bufferSize, writable, opaque, read, write, seek);
  }

  public static void avio_context_free(AVIOContext context) {
    avformat.avio_context_free(context);
  }

  public static void avio_write(AVIOContext context, byte[] bytes, int count) {
    avformat.avio_write(context, bytes, count);
  }

  public static void avio_flush(AVIOContext context) {
    avformat.avio_flush(context);
  }

  // libavfilter

  public static @Nullable AVFilter avfilter_get_by_name(String name) {
    return avfilter.avfilter_get_by_name(name);
  }

  public static @Nullable AVFilterGraph avfilter_graph_alloc() {
    return avfilter.avfilter_graph_alloc();
  }

  public static void avfilter_graph_free(AVFilterGraph graph) {
    avfilter.avfilter_graph_free(graph);
  }

  public static void avfilter_graph_set_auto_convert(AVFilterGraph graph, int flags) {
    avfilter.avfilter_graph_set_auto_convert(graph, flags);
  }

  public static @Nullable AVFilterContext avfilter_graph_alloc_filter(
      AVFilterGraph graph, @Nullable AVFilter filter, String name) {
    return avfilter.avfilter_graph_alloc_filter(graph, filter, name);
  }

  public static int avfilter_init_str(AVFilterContext filter, String arguments) {
    return avfilter.avfilter_init_str(filter, arguments);
  }

  public static int avfilter_link(
      AVFilterContext source, int sourcePad, AVFilterContext target, int targetPad) {
    return avfilter.avfilter_link(source, sourcePad, target, targetPad);
  }

  public static @Nullable AVFilter av_filter_iterate(Pointer state) {
    return avfilter.av_filter_iterate(state);
  }

  public static int avfilter_filter_pad_count(AVFilter filter, int isOutput) {
    return avfilter.avfilter_filter_pad_count(filter, isOutput);
  }

  public static int avfilter_graph_segment_parse(
      AVFilterGraph graph, String text, int flags, AVFilterGraphSegment segment) {
    return avfilter.avfilter_graph_segment_parse(graph, text, flags, segment);
  }

  public static int avfilter_graph_segment_apply(
      AVFilterGraphSegment segment, int flags, AVFilterInOut inputs, AVFilterInOut outputs) {
    return avfilter.avfilter_graph_segment_apply(segment, flags, inputs, outputs);
  }

  public static void avfilter_graph_segment_free(AVFilterGraphSegment segment) {
    avfilter.avfilter_graph_segment_free(segment);
  }

  public static void avfilter_inout_free(AVFilterInOut list) {
    avfilter.avfilter_inout_free(list);
  }

  public static int av_buffersink_get_format(AVFilterContext sink) {
    return avfilter.av_buffersink_get_format(sink);
  }

  public static int av_buffersink_get_w(AVFilterContext sink) {
    return avfilter.av_buffersink_get_w(sink);
  }

  public static int av_buffersink_get_h(AVFilterContext sink) {
    return avfilter.av_buffersink_get_h(sink);
  }

  public static AVRational av_buffersink_get_sample_aspect_ratio(AVFilterContext sink) {
    return avfilter.av_buffersink_get_sample_aspect_ratio(sink);
  }

  public static AVRational av_buffersink_get_time_base(AVFilterContext sink) {
    return avfilter.av_buffersink_get_time_base(sink);
  }

  public static AVRational av_buffersink_get_frame_rate(AVFilterContext sink) {
    return avfilter.av_buffersink_get_frame_rate(sink);
  }

  public static int avfilter_graph_config(AVFilterGraph graph, @Nullable Pointer logContext) {
    return avfilter.avfilter_graph_config(graph, logContext);
  }

  public static int av_buffersrc_add_frame_flags(
      AVFilterContext source, @Nullable AVFrame frame, int flags) {
    return avfilter.av_buffersrc_add_frame_flags(source, frame, flags);
  }

  public static int av_buffersink_get_frame(AVFilterContext sink, AVFrame frame) {
    return avfilter.av_buffersink_get_frame(sink, frame);
  }

  // libswscale

  public static int swscale_version() {
    return swscale.swscale_version();
  }

  public static int sws_isSupportedOutput(int pixelFormat) {
    return swscale.sws_isSupportedOutput(pixelFormat);
  }

  public static @Nullable SwsContext sws_getContext(
      int sourceWidth,
      int sourceHeight,
      int sourceFormat,
      int width,
      int height,
      int format,
      int flags) {
    return swscale.sws_getContext(
        sourceWidth,
        sourceHeight,
        sourceFormat,
        width,
        height,
        format,
        flags,
        null,
        null,
        (DoublePointer) null);
  }

  public static @Nullable SwsContext sws_alloc_context() {
    return swscale.sws_alloc_context();
  }

  public static int sws_scale_frame(SwsContext context, AVFrame target, AVFrame source) {
    return swscale.sws_scale_frame(context, target, source);
  }

  public static void sws_freeContext(SwsContext context) {
    swscale.sws_freeContext(context);
  }

  public static int sws_scale(
      SwsContext context,
      PointerPointer<?> source,
      IntPointer sourceStrides,
      int row,
      int rows,
      PointerPointer<?> target,
      IntPointer targetStrides) {
    return swscale.sws_scale(context, source, sourceStrides, row, rows, target, targetStrides);
  }

  // libswresample

  public static int swresample_version() {
    return swresample.swresample_version();
  }

  public static int swr_alloc_set_opts2(
      SwrContext context,
      AVChannelLayout outputLayout,
      int outputFormat,
      int outputRate,
      AVChannelLayout inputLayout,
      int inputFormat,
      int inputRate,
      int logOffset,
      @Nullable Pointer logContext) {
    return swresample.swr_alloc_set_opts2(
        context,
        outputLayout,
        outputFormat,
        outputRate,
        inputLayout,
        inputFormat,
        inputRate,
        logOffset,
        logContext);
  }

  public static int swr_build_matrix2(
      AVChannelLayout inputLayout,
      AVChannelLayout outputLayout,
      double centerLevel,
      double surroundLevel,
      double lowFrequencyLevel,
      double maxSum,
      double volume,
      double[] matrix,
      long stride,
      int encoding,
      @Nullable Pointer logContext) {
    return swresample.swr_build_matrix2(
        inputLayout,
        outputLayout,
        centerLevel,
        surroundLevel,
        lowFrequencyLevel,
        maxSum,
        volume,
        matrix,
        stride,
        encoding,
        logContext);
  }

  public static int swr_set_matrix(SwrContext context, double[] matrix, int stride) {
    return swresample.swr_set_matrix(context, matrix, stride);
  }

  public static int swr_init(SwrContext context) {
    return swresample.swr_init(context);
  }

  public static void swr_free(SwrContext context) {
    swresample.swr_free(context);
  }

  public static int swr_get_out_samples(SwrContext context, int inputSamples) {
    return swresample.swr_get_out_samples(context, inputSamples);
  }

  public static int swr_convert(
      SwrContext context,
      PointerPointer<?> output,
      int outputSamples,
      @Nullable PointerPointer<?> input,
      int inputSamples) {
    return swresample.swr_convert(context, output, outputSamples, input, inputSamples);
  }
}
