package io.reelmux.ffmpeg.internal.option;

import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_BINARY;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_STRING;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of FFmpeg's filters: which are accepted, which open files, and which never end. */
final class KnownFilters {

  /** Open a file, a device or a connection whatever their options, or load code. */
  static final Set<String> OPENING =
      Set.of(
          "movie",
          "amovie",
          "sendcmd",
          "asendcmd",
          "zmq",
          "azmq",
          "frei0r",
          "frei0r_src",
          "ladspa",
          "lv2",
          "subtitles",
          "ass",
          "vidstabdetect",
          "vidstabtransform",
          "libvmaf",
          "arnndn",
          "sofalizer",
          "dnn_processing",
          "dnn_classify",
          "dnn_detect",
          "sr",
          "derain",
          "openclsrc",
          "program_opencl",
          "lut3d",
          "lut1d",
          "nnedi",
          "removelogo",
          "fsync",
          "ocr",
          "flite",
          "whisper",
          "ddagrab",
          "gfxcapture",
          "coreimage",
          "coreimagesrc",
          "libplacebo",
          "signature",
          "find_rect",
          "cover_rect");

  /** Names of options that hold the name of a file. */
  static final Pattern FILE_OPTION =
      Pattern.compile(".*(file|path|url|dir|address|model|library|plugin|sofa).*");

  /** The types of options that can hold the name of a file. */
  static final Set<Integer> TEXTS = Set.of(AV_OPT_TYPE_STRING, AV_OPT_TYPE_BINARY);

  /** Other options that do, as {@code filter.option}. */
  static final Set<String> FILE_OPTIONS = Set.of("curves.plot");

  /** Give themselves what they have made. */
  static final Set<String> CIRCULAR = Set.of("feedback");

  /**
   * Give frames other times or leave some out, though FFmpeg still reports the rate before them.
   */
  static final Set<String> RETIMING =
      Set.of("setpts", "select", "mpdecimate", "dejudder", "shuffleframes", "random");

  /** Make a constant rate. */
  static final Set<String> CONSTANT = Set.of("fps", "framerate", "minterpolate");

  /** Audio has no times of its own: its samples follow each other. */
  static final Set<String> AUDIO_TIMES = Set.of("asetpts");

  /** Options of which a negative number, the default of some, means without end. */
  static final Map<String, List<String>> LIMITS =
      Map.of(
          "loop", List.of("loop"),
          "aloop", List.of("loop"),
          "tpad", List.of("stop"));

  /** Options of apad, one of which has to limit it. */
  static final Set<String> APAD_LIMITS = Set.of("pad_len", "whole_len", "pad_dur", "whole_dur");

  /**
   * The filters that are accepted. FFmpeg has five hundred, some of which crash, load code or wait
   * for a connection; a test runs each of these in a process of its own.
   */
  static final Set<String> ACCEPTED =
      Set.of(
          ("null copy crop scale hflip vflip transpose rotate pad fps setpts tpad trim format"
                  + " hqdn3d nlmeans unsharp eq hue colorbalance colorchannelmixer colorlevels"
                  + " curves lutyuv lutrgb negate gblur boxblur smartblur avgblur deblock deband"
                  + " yadif bwdif w3fdif fieldorder setfield interlace drawbox drawgrid fade"
                  + " fillborders vignette split hstack vstack xstack overlay blend select reverse"
                  + " loop minterpolate framerate setsar setdar tmix tblend mpdecimate"
                  + " lenscorrection perspective chromakey colorkey despill noise normalize"
                  + " histeq sobel edgedetect pixelize setparams setrange limiter removegrain"
                  + " anull volume loudnorm dynaudnorm acompressor alimiter agate aresample aformat"
                  + " atempo asetrate adelay apad atrim afade areverse aloop highpass lowpass"
                  + " bandpass bandreject equalizer bass treble pan channelmap stereotools"
                  + " extrastereo aecho chorus flanger tremolo vibrato silenceremove asplit amix"
                  + " amerge crossfeed speechnorm deesser compand afftdn firequalizer"
                  + " superequalizer dcshift crystalizer aphaser")
              .split(" "));

  /** Give one frame for each, which depends on that frame and its time alone. */
  static final Set<String> FRAME_BY_FRAME =
      Set.of(
          ("null copy crop scale hflip vflip transpose rotate pad format nlmeans unsharp eq hue"
                  + " colorbalance colorchannelmixer colorlevels curves lutyuv lutrgb negate gblur"
                  + " boxblur smartblur avgblur deblock drawbox drawgrid fillborders vignette"
                  + " setfield setsar setdar lenscorrection perspective chromakey colorkey despill"
                  + " histeq sobel edgedetect pixelize setparams setrange limiter removegrain")
              .split(" "));

  /** The number of a frame, and functions that remember, in expressions. */
  static final Pattern COUNTING =
      Pattern.compile(
          ".*(?<![A-Za-z0-9_])([nN]|random|randomi|ld|st)(?![A-Za-z0-9_]).*", Pattern.DOTALL);

  static final Pattern COUNT = Pattern.compile("\\+?[0-9]+");

  /** A name at the start of a filter, where a description is not quoted. */
  static final Pattern NAME = Pattern.compile("(?:^|[,;\\]])\\s*([A-Za-z0-9_]+)");

  /** Make palettes, which only an encoder that stores them needs. */
  static final Set<String> PALETTES = Set.of("palettegen", "paletteuse");

  private KnownFilters() {}
}
