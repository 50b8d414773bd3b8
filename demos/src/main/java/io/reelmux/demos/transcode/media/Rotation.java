package io.reelmux.demos.transcode.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.IntPointer;

/** How far players rotate the frames of a stream: phones record sideways. */
final class Rotation {

  private Rotation() {}

  /** {@return clockwise turn in degrees: 0, 90, 180 or 270} */
  static int of(AVStream stream) {
    AVCodecParameters codec = stream.codecpar();
    if (codec.nb_coded_side_data() == 0) {
      return 0;
    }
    AVPacketSideData matrix =
        av_packet_side_data_get(
            codec.coded_side_data(), codec.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull()) {
      return 0;
    }
    double counterclockwise = av_display_rotation_get(new IntPointer(matrix.data()));
    return Double.isNaN(counterclockwise)
        ? 0
        : Math.floorMod(-90 * (int) Math.round(counterclockwise / 90), 360);
  }
}
