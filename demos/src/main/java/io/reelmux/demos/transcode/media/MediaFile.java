package io.reelmux.demos.transcode.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_frame_rate;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;

import io.reelmux.FrameRate;
import io.reelmux.StreamKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/**
 * What is in a media file.
 *
 * @param path where it is
 * @param streams its video and audio streams
 * @param leftOut its other streams, a line each
 */
public record MediaFile(Path path, List<MediaStream> streams, List<String> leftOut) {

  /** For streams that do not state one. */
  private static final FrameRate USUAL_RATE = FrameRate.of(25);

  /**
   * Reads a file that is to be re-encoded.
   *
   * @param output the file to write
   * @throws IOException if the file cannot be read, or FFmpeg does not know what it is
   * @throws IllegalArgumentException if it is the output, or has no video and no audio
   */
  public static MediaFile readFor(Path input, Path output) throws IOException {
    if (!Files.isReadable(input)) {
      throw new NoSuchFileException(input.toString());
    }
    if (Files.exists(output) && Files.isSameFile(input, output)) {
      throw new IllegalArgumentException(input + " cannot be both read and written");
    }
    MediaFile file = read(input);
    if (file.streams().isEmpty()) {
      throw new IllegalArgumentException(input + " has no video and no audio: " + file.leftOut());
    }
    return file;
  }

  /** {@return the same file with its streams of one kind} */
  public MediaFile only(StreamKind kind) {
    List<MediaStream> some = streams.stream().filter(stream -> stream.kind() == kind).toList();
    return new MediaFile(path, some, leftOut);
  }

  /** {@return how many packets the streams have together} */
  public int packets() {
    return streams.stream().mapToInt(MediaStream::packets).sum();
  }

  /**
   * Reads the container's header, and the packets once to learn whether the frame rate is constant.
   *
   * @throws IOException if the file cannot be read, or FFmpeg does not know what it is
   */
  public static MediaFile read(Path path) throws IOException {
    List<MediaStream> streams = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(path.toFile())) {
      grabber.start();
      AVFormatContext file = grabber.getFormatContext();
      List<PacketTimes> times = PacketTimes.readAll(grabber);
      for (int i = 0; i < times.size(); i++) {
        AVStream stream = file.streams(i);
        Optional<String> reason = unsupportedReason(stream, times.get(i));
        if (reason.isPresent()) {
          leftOut.add("stream %d: %s".formatted(i, reason.get()));
        } else {
          streams.add(describe(file, stream, times.get(i)));
        }
      }
    }
    return new MediaFile(path, streams, leftOut);
  }

  private static Optional<String> unsupportedReason(AVStream stream, PacketTimes times) {
    AVCodecParameters codec = stream.codecpar();
    int type = codec.codec_type();
    if (type != AVMEDIA_TYPE_VIDEO && type != AVMEDIA_TYPE_AUDIO) {
      return Optional.of(text(av_get_media_type_string(type), "of an unknown kind"));
    }
    if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
      return Optional.of("cover art");
    }
    AVCodec decoder = avcodec_find_decoder(codec.codec_id());
    if (decoder == null || decoder.isNull()) {
      return Optional.of("no decoder for " + text(avcodec_get_name(codec.codec_id()), "it"));
    }
    return times.count() == 0 ? Optional.of("empty") : Optional.empty();
  }

  private static MediaStream describe(AVFormatContext file, AVStream stream, PacketTimes times) {
    boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO;
    List<FrameRate> rates =
        Stream.of(
                av_guess_frame_rate(file, stream, null),
                stream.avg_frame_rate(),
                stream.r_frame_rate())
            .flatMap(MediaFile::rate)
            .toList();
    Optional<FrameRate> constant =
        rates.stream().filter(rate -> times.fit(rate, stream.time_base())).findFirst();
    return new MediaStream(
        stream.index(),
        video ? StreamKind.VIDEO : StreamKind.AUDIO,
        stream.codecpar().format(),
        constant.or(() -> rates.stream().findFirst()).orElse(USUAL_RATE),
        constant.isPresent(),
        times.count(),
        Rotation.of(stream),
        language(stream));
  }

  private static Stream<FrameRate> rate(AVRational rate) {
    double value = (double) rate.num() / rate.den();
    return value > 0 && value <= FrameRate.MAX
        ? Stream.of(FrameRate.of(rate.num(), rate.den()))
        : Stream.empty();
  }

  private static Optional<String> language(AVStream stream) {
    AVDictionaryEntry entry = av_dict_get(stream.metadata(), "language", null, 0);
    return entry == null || entry.isNull()
        ? Optional.empty()
        : Optional.of(text(entry.value(), "")).filter(code -> code.matches("[a-z]{3}"));
  }

  private static String text(BytePointer text, String otherwise) {
    return text == null || text.isNull() ? otherwise : text.getString();
  }
}
