package io.reelmux.reader.ffmpeg.internal.demux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_set;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_find_stream_info;
import static io.reelmux.reader.ffmpeg.internal.av.FfmpegInput.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_CUSTOM_IO;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.Limits;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.ffmpeg.internal.av.Dictionaries;
import io.reelmux.reader.ffmpeg.internal.av.Dictionary;
import io.reelmux.reader.ffmpeg.internal.av.InputContext;
import io.reelmux.reader.ffmpeg.internal.source.Cancellation;
import io.reelmux.reader.ffmpeg.internal.source.Interrupt;
import io.reelmux.reader.ffmpeg.internal.source.SourceContext;
import io.reelmux.reader.ffmpeg.internal.source.SourceReader;
import io.reelmux.reader.spi.OpenRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/** Opens a file: sets what it may do, recognizes it, and reads its headers. */
final class FileOpener {

  /** Of FFmpeg's message for a demuxer that {@link Demuxers#allowed} leaves out. */
  private static final String NOT_ALLOWED = "Format not on whitelist";

  /** Of FFmpeg's message for an MP4 or MOV file without an index. */
  private static final String NO_INDEX = "moov atom not found";

  /** Of FFmpeg's message for a demuxer that was chosen by the file's name alone. */
  private static final String GUESSED = "detected only with low score";

  /** Of FFmpeg's message for frames beyond {@code max_pixels}. */
  private static final String TOO_MANY_PIXELS = "exceeds specified max pixel count";

  /** What a connection of each scheme may use. Local files are never among them. */
  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "http", "http,https,tcp,tls,crypto,httpproxy",
          "https", "https,http,tls,tcp,crypto,httpproxy",
          "rtsp", "rtsp,rtp,udp,tcp",
          "rtsps", "rtsps,rtsp,rtp,srtp,udp,tcp,tls",
          "rtmp", "rtmp,tcp",
          "rtmps", "rtmps,tls,tcp",
          "srt", "srt",
          "tcp", "tcp",
          "udp", "udp",
          "rtp", "rtp,udp");

  private final OpenRequest request;
  private final Cancellation cancellation;
  private final SessionLog log;

  FileOpener(OpenRequest request, Cancellation cancellation, SessionLog log) {
    this.request = request;
    this.cancellation = cancellation;
    this.log = log;
  }

  Demuxer open() throws IOException {
    checkOptions();
    AVInputFormat format = request.format().map(Demuxers::named).orElse(null);
    NativeScope owners = new NativeScope();
    try {
      return open(owners, format);
    } catch (IOException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, owners);
      throw e;
    }
  }

  private void checkOptions() {
    for (String name : request.options().keySet()) {
      String instead = Demuxers.OWNED.get(name);
      if (instead != null) {
        throw new IllegalArgumentException("option '" + name + "' must not be set: use " + instead);
      }
    }
  }

  private Demuxer open(NativeScope owners, @Nullable AVInputFormat format) throws IOException {
    SourceReader source = null;
    SourceContext io = null;
    if (request.source().isPresent()) {
      source =
          new SourceReader(request.source().get(), cancellation, request.limits().maxSilence());
      io = owners.add(SourceContext.of(source));
    }
    InputContext input = InputContext.allocate();
    AVFormatContext struct = input.struct();
    owners.add(new Interrupt(struct, cancellation));
    // after what it uses, so that it is closed first
    owners.add(input);
    log.own(struct);
    if (io != null) {
      struct.pb(io.struct());
      // without it, FFmpeg would close the source as one of its own if opening does not get far
      struct.flags(struct.flags() | AVFMT_FLAG_CUSTOM_IO);
    }
    limit(struct);
    readHeader(input, format, source);
    checkOrder(input, source);
    checkStreams(struct);
    findStreamInfo(input, source);
    return new Demuxer(input, source, cancellation, owners);
  }

  private void limit(AVFormatContext struct) throws EncoderException {
    Limits limits = request.limits();
    struct.probesize(limits.maxProbe());
    // FFmpeg drops the streams beyond silently: one more shows that there are such
    struct.max_streams((int) Math.min(Integer.MAX_VALUE, limits.maxStreams() + 1L));
    URI url = request.url().orElse(null);
    if (url == null) {
      set(struct, "protocol_whitelist", "none");
      set(struct, "format_whitelist", Demuxers.allowed());
    } else {
      set(struct, "protocol_whitelist", protocols(url));
    }
  }

  private static String protocols(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String protocols = PROTOCOLS.get(scheme);
    if (protocols == null) {
      throw new IllegalArgumentException(
          "cannot connect to '"
              + url
              + "': the scheme must be one of "
              + PROTOCOLS.keySet().stream().sorted().toList()
              + "; open local files by their Path");
    }
    return protocols;
  }

  private static void set(AVFormatContext struct, String name, String value)
      throws EncoderException {
    Av.check(av_opt_set(struct, name, value, 0), "set the option " + name);
  }

  private void readHeader(
      InputContext input, @Nullable AVInputFormat format, @Nullable SourceReader source)
      throws IOException {
    try (Dictionary options = new Dictionary()) {
      for (Map.Entry<String, String> option : request.options().entrySet()) {
        options.set(option.getKey(), option.getValue());
      }
      String name = request.url().map(URI::toASCIIString).orElseGet(this::nameWithoutPath);
      int code = input.open(name, format, options);
      checkSource(source);
      if (code < 0) {
        throw notOpened(code, source);
      }
      Map<String, String> unknown = options.entries();
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "unknown options of the demuxer "
                + Av.string(input.struct().iformat().name())
                + ": "
                + unknown.keySet());
      }
    }
  }

  /** An index behind the samples is of no use where these cannot be read again. */
  private static void checkOrder(InputContext input, @Nullable SourceReader source)
      throws UnsupportedMediaException {
    AVFormatContext struct = input.struct();
    if (source == null || source.seekable() || struct.nb_streams() == 0) {
      return;
    }
    @Nullable AVIndexEntry first = avformat_index_get_entry(input.stream(0), 0);
    AVIOContext io = struct.pb();
    long kept = io.pos() - (io.buf_end().address() - io.buffer().address());
    if (first != null && !first.isNull() && first.pos() < kept) {
      throw new UnsupportedMediaException(
          "open the file",
          null,
          0,
          "its index is behind the samples, and the source can be read once, from start to end:"
              + " use ByteSource.spooled, or write the file with its index at the start",
          List.of());
    }
  }

  /** The extension helps to recognize formats without a signature; nothing is opened by it. */
  private String nameWithoutPath() {
    String name = request.fileName().orElse("");
    String extension = name.substring(name.lastIndexOf('.') + 1);
    boolean helps = extension.matches("[A-Za-z0-9]{1,8}") && !Demuxers.isOfImage(extension);
    return helps ? "source." + extension : "source";
  }

  private static void checkSource(@Nullable SourceReader source) throws IOException {
    if (source != null) {
      source.check();
    }
  }

  private IOException notOpened(int code, @Nullable SourceReader source) throws EncoderException {
    cancellation.check();
    EncoderException failure = Av.failure(code, "open the file");
    if (failure.logLines().stream().anyMatch(line -> line.contains(NOT_ALLOWED))) {
      return new UnsupportedMediaException(
          "open the file",
          null,
          0,
          "it names other files or hosts, as playlists do, and a file must not open others; open"
              + " what it names, or its URL by MediaReader.openUrl",
          List.of());
    }
    if (code != AVERROR_INVALIDDATA) {
      return failure;
    }
    return new UnsupportedMediaException(
        "open the file", null, code, reason(failure, source), failure.logLines());
  }

  private static String reason(EncoderException failure, @Nullable SourceReader source) {
    if (source != null && source.total() == 0) {
      return "it is empty: it has 0 bytes";
    }
    List<String> lines = failure.logLines();
    if (lines.stream().anyMatch(line -> line.contains(NO_INDEX))
        && lines.stream().noneMatch(line -> line.contains(GUESSED))) {
      return "it is incomplete: its index, the moov box, is missing, which is usually at the end;"
          + " it has been cut off, is still being written, or was never finished";
    }
    return "no demuxer recognizes it, or it is damaged at its start; a file without a signature"
        + " needs MediaReader.Builder.format";
  }

  private void checkStreams(AVFormatContext struct) throws LimitException {
    int max = request.limits().maxStreams();
    if (struct.nb_streams() > max) {
      throw new LimitException(
          "open the file",
          null,
          "maxStreams",
          "it has more than " + max + " streams; allow more by Limits.maxStreams");
    }
  }

  /** Fills in what headers leave out by decoding the first packets, within the limits. */
  private void findStreamInfo(InputContext input, @Nullable SourceReader source)
      throws IOException {
    AVFormatContext struct = input.struct();
    Map<String, String> options =
        Map.of("max_pixels", Long.toString(request.limits().maxPixels()), "threads", "1");
    try (Dictionaries all = Dictionaries.of(struct.nb_streams(), options)) {
      int code = avformat_find_stream_info(struct, all.struct());
      checkSource(source);
      cancellation.check();
      Av.check(code, "find out what the streams of the file are");
    }
    checkStreams(struct);
    checkPixels(struct);
  }

  /** A decoder that meets frames beyond the limit says so in its message only. */
  private void checkPixels(AVFormatContext struct) throws LimitException {
    boolean exceeded = log.lastLines().stream().anyMatch(line -> line.contains(TOO_MANY_PIXELS));
    if (!exceeded) {
      return;
    }
    for (int i = 0; i < struct.nb_streams(); i++) {
      AVStream stream = struct.streams(i);
      AVCodecParameters parameters = stream.codecpar();
      boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
      if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO && !cover && parameters.width() <= 0) {
        throw new LimitException(
            "open the file",
            "stream " + i,
            "maxPixels",
            "its frames exceed "
                + request.limits().maxPixels()
                + " pixels; allow more by Limits.maxPixels");
      }
    }
  }
}
