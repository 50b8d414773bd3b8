package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_malloc;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_packet_side_data_add;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_COMMENT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DUB;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_FORCED;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_HEARING_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_KARAOKE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_LYRICS;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ORIGINAL;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_VISUAL_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.Disposition;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.OutputContext;
import io.reelmux.ffmpeg.internal.container.Container;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** Describes a stream to the muxer. */
final class StreamSetup {

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  private static final Map<Disposition, Integer> FLAGS =
      Map.of(
          Disposition.DEFAULT, AV_DISPOSITION_DEFAULT,
          Disposition.DUB, AV_DISPOSITION_DUB,
          Disposition.ORIGINAL, AV_DISPOSITION_ORIGINAL,
          Disposition.COMMENT, AV_DISPOSITION_COMMENT,
          Disposition.LYRICS, AV_DISPOSITION_LYRICS,
          Disposition.KARAOKE, AV_DISPOSITION_KARAOKE,
          Disposition.FORCED, AV_DISPOSITION_FORCED,
          Disposition.HEARING_IMPAIRED, AV_DISPOSITION_HEARING_IMPAIRED,
          Disposition.VISUAL_IMPAIRED, AV_DISPOSITION_VISUAL_IMPAIRED);

  private StreamSetup() {}

  /**
   * Adds a stream to the muxer.
   *
   * @param tags the stream's tags
   */
  static AVStream add(
      OutputContext output, MuxStream stream, Container container, Map<String, String> tags)
      throws EncoderException {
    AVStream struct = output.addStream();
    AVCodecParameters parameters = struct.codecpar();
    stream.parameters().copyTo(parameters);
    container.checkChannels(
        parameters.ch_layout().nb_channels(), stream.parameters().codecName(), stream.label());
    int tag = container.codecTag(parameters.codec_id());
    if (tag != 0) {
      parameters.codec_tag(tag);
    }
    if (parameters.codec_type() == AVMEDIA_TYPE_VIDEO) {
      int bits = parameters.bits_per_coded_sample();
      parameters.format(container.muxedFormat(parameters.format(), bits));
    }
    struct.time_base().num(stream.timeBase().numerator()).den(stream.timeBase().denominator());
    if (stream.frameRate().isPresent()) {
      FrameRate rate = stream.frameRate().get();
      struct.avg_frame_rate().num(rate.numerator()).den(rate.denominator());
      struct.r_frame_rate().num(rate.numerator()).den(rate.denominator());
    }
    int flags = 0;
    for (Disposition disposition : stream.dispositions()) {
      flags |= FLAGS.getOrDefault(disposition, 0);
    }
    struct.disposition(flags);
    struct.metadata(Metadata.of(tags));
    struct.sample_aspect_ratio(parameters.sample_aspect_ratio());
    if (!stream.display().isIdentity()) {
      addDisplayMatrix(parameters, stream.display());
    }
    return struct;
  }

  private static void addDisplayMatrix(AVCodecParameters parameters, DisplayMatrix matrix)
      throws EncoderException {
    Pointer memory = Av.allocated(av_malloc(MATRIX_BYTES), "allocate a display matrix");
    new IntPointer(memory).put(matrix.values(), 0, matrix.values().length);
    AVPacketSideData list = parameters.coded_side_data();
    int[] count = {parameters.nb_coded_side_data()};
    AVPacketSideData holder = list == null ? new AVPacketSideData(null) : list;
    AVPacketSideData added =
        av_packet_side_data_add(holder, count, AV_PKT_DATA_DISPLAYMATRIX, memory, MATRIX_BYTES, 0);
    if (added == null || added.isNull()) {
      av_free(memory);
      throw Av.failure(Av.ENOMEM, "store the rotation");
    }
    parameters.coded_side_data(holder);
    parameters.nb_coded_side_data(count[0]);
  }
}
