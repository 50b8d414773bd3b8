package io.reelmux.testing;

import static java.util.stream.Collectors.toCollection;
import static net.bytebuddy.matcher.ElementMatchers.isSubTypeOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes FFmpeg functions fail. The product contains no hook: this class changes those through which
 * Reelmux calls FFmpeg, {@code io.reelmux.ffmpeg.internal.av.Ffmpeg} and, if the reader is there,
 * {@code io.reelmux.reader.ffmpeg.internal.av.FfmpegInput}, in the running JVM. A function that
 * fails is not called; it returns {@code AVERROR(ENOMEM)} or a null pointer.
 */
public final class NativeFaults {
  private static final String FFMPEG = "io.reelmux.ffmpeg.internal.av.Ffmpeg";
  private static final String FFMPEG_INPUT = "io.reelmux.reader.ffmpeg.internal.av.FfmpegInput";
  private static final int ENOMEM = -12;

  /** Functions of the reader that return nothing, search tables or read a struct. */
  private static final Set<String> INFALLIBLE_IN_READER =
      Set.of(
          "av_demuxer_iterate",
          "av_find_input_format",
          "av_frame_get_side_data",
          "av_get_audio_frame_duration2",
          "av_get_media_type_string",
          "av_get_picture_type_char",
          "avcodec_find_decoder",
          "avcodec_find_decoder_by_name",
          "avcodec_flush_buffers",
          "avformat_close_input",
          "avformat_index_get_entry");

  /** Return nothing: they free memory, move references or set fields. */
  private static final Set<String> WITHOUT_RESULT =
      Set.of(
          "av_audio_fifo_free",
          "av_buffer_unref",
          "av_dict_free",
          "av_frame_free",
          "av_frame_move_ref",
          "av_frame_unref",
          "av_free",
          "av_packet_free",
          "av_packet_move_ref",
          "av_packet_unref",
          "avcodec_free_context",
          "avcodec_parameters_free",
          "avfilter_graph_free",
          "avfilter_graph_set_auto_convert",
          "avfilter_graph_segment_free",
          "avfilter_inout_free",
          "avformat_free_context",
          "avio_context_free",
          "avio_flush",
          "avio_write",
          "setLogCallback",
          "swr_free",
          "sws_freeContext");

  /** Return constants of the build, or a text that is never missing. */
  private static final Set<String> CONSTANT =
      Set.of(
          "AVERROR_EAGAIN",
          "av_strerror",
          "av_version_info",
          "avcodec_get_name",
          "avcodec_license",
          "avcodec_version",
          "avformat_version",
          "avutil_version",
          "swresample_version",
          "swscale_version");

  /** Search tables compiled into FFmpeg: null or a negative number means that there is no entry. */
  private static final Set<String> LOOKUP =
      Set.of(
          "av_codec_get_tag",
          "av_codec_is_encoder",
          "av_codec_iterate",
          "av_color_range_name",
          "av_color_space_name",
          "av_filter_iterate",
          "av_get_bits_per_sample",
          "av_get_bytes_per_sample",
          "av_get_exact_bits_per_sample",
          "av_get_pix_fmt",
          "av_get_pix_fmt_name",
          "av_get_sample_fmt",
          "av_get_sample_fmt_name",
          "av_guess_format",
          "av_muxer_iterate",
          "av_opt_child_next",
          "av_opt_find",
          "av_opt_next",
          "av_pix_fmt_desc_get",
          "av_pix_fmt_desc_next",
          "avcodec_descriptor_get",
          "avcodec_descriptor_get_by_name",
          "avcodec_find_encoder",
          "avcodec_find_encoder_by_name",
          "avcodec_get_supported_config",
          "avfilter_get_by_name",
          "avformat_query_codec",
          "sws_isSupportedOutput");

  /** Read a struct, or test a value: every result is a valid answer. */
  private static final Set<String> QUERY =
      Set.of(
          "av_audio_fifo_size",
          "av_buffersink_get_format",
          "av_buffersink_get_frame_rate",
          "av_buffersink_get_h",
          "av_buffersink_get_sample_aspect_ratio",
          "av_buffersink_get_time_base",
          "av_buffersink_get_w",
          "av_channel_layout_compare",
          "av_dict_iterate",
          "av_expr_parse_and_eval",
          "av_frame_is_writable",
          "av_get_cpu_flags",
          "avfilter_filter_pad_count",
          "av_rescale",
          "av_rescale_q",
          "logCallback");

  /** Called only for streams on a GPU. */
  private static final Set<String> ON_DEVICE =
      Set.of(
          "av_buffer_ref",
          "av_frame_ref",
          "av_hwdevice_ctx_alloc",
          "av_hwdevice_ctx_create",
          "av_hwdevice_ctx_init",
          "av_hwframe_ctx_alloc",
          "av_hwframe_ctx_init",
          "av_hwframe_get_buffer",
          "av_hwframe_transfer_data");

  private static volatile @Nullable Predicate<String> faults;

  private NativeFaults() {}

  /**
   * Makes functions fail.
   *
   * @param functions called for each call of a function that can fail, by one thread at a time,
   *     with the function's name; true makes the call fail
   */
  public static void inject(Predicate<String> functions) {
    Instrumentation.install();
    faults = functions;
  }

  /** Restores normal operation. */
  public static void clear() {
    faults = null;
  }

  /** Makes only the call with this number fail, counted from 0 over all functions that can fail. */
  public static void failCall(int number) {
    int[] calls = {0};
    inject(function -> calls[0]++ == number);
  }

  /** Returns all functions of FFmpeg that encoding uses. */
  public static Set<String> functions() {
    return functions(FFMPEG);
  }

  private static Set<String> functions(String className) {
    return Arrays.stream(loaded(className).getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the functions that can fail, and that only the reader uses. */
  public static Set<String> onlyInReader() {
    Set<String> names = functions(FFMPEG_INPUT);
    names.removeAll(INFALLIBLE_IN_READER);
    return names;
  }

  /** Returns the functions that cannot fail, or whose failure is a valid answer. */
  public static Set<String> infallible() {
    return Stream.of(WITHOUT_RESULT, CONSTANT, LOOKUP, QUERY)
        .flatMap(Set::stream)
        .collect(toCollection(TreeSet::new));
  }

  /** Returns the functions that can fail, and that only streams on a GPU use. */
  public static Set<String> onDevice() {
    return new TreeSet<>(ON_DEVICE);
  }

  /** Returns the functions that can fail, and that streams on the CPU use. */
  public static Set<String> onCpu() {
    Set<String> names = functions();
    names.removeAll(infallible());
    names.removeAll(ON_DEVICE);
    return names;
  }

  /** Called by the changed methods. */
  public static boolean fails(String function) {
    if (faults == null) {
      return false;
    }
    synchronized (NativeFaults.class) {
      Predicate<String> current = faults;
      return current != null && current.test(function);
    }
  }

  private static Class<?> loaded(String className) {
    try {
      return Class.forName(className);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasReader() {
    String file = FFMPEG_INPUT.replace('.', '/') + ".class";
    return NativeFaults.class.getClassLoader().getResource(file) != null;
  }

  /** Changes the classes once. */
  private static final class Instrumentation {
    static {
      ByteBuddyAgent.install();
      change(loaded(FFMPEG));
      if (hasReader()) {
        change(loaded(FFMPEG_INPUT));
      }
    }

    private static void change(Class<?> ffmpeg) {
      ElementMatcher.Junction<MethodDescription> fallible =
          ElementMatchers.<MethodDescription>isPublic().and(not(isInfallible()));
      new ByteBuddy()
          .redefine(ffmpeg)
          .visit(Advice.to(FailedStatus.class).on(fallible.and(returns(int.class))))
          .visit(Advice.to(NullPointer.class).on(fallible.and(returns(isSubTypeOf(Pointer.class)))))
          .make()
          .load(ffmpeg.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    }

    private static ElementMatcher<MethodDescription> isInfallible() {
      Set<String> names = infallible();
      names.addAll(INFALLIBLE_IN_READER);
      return method -> names.contains(method.getName());
    }

    /** Runs the static initializer. */
    static void install() {}
  }

  /** Skips the call and returns a negative code. */
  static final class FailedStatus {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Origin("#m") String function) {
      return NativeFaults.fails(function);
    }

    @Advice.OnMethodExit
    static void exit(@Advice.Enter boolean failed, @Advice.Return(readOnly = false) int code) {
      if (failed) {
        code = ENOMEM;
      }
    }

    private FailedStatus() {}
  }

  /** Skips the call, which then returns null. */
  static final class NullPointer {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Origin("#m") String function) {
      return NativeFaults.fails(function);
    }

    private NullPointer() {}
  }
}
