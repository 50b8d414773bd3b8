package io.reelmux.testing.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.av_chroma_location_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_primaries_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_range_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_space_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_transfer_name;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** The color tags of a frame or stream by FFmpeg's names; {@code unknown} where untagged. */
public record Tags(String matrix, String range, String primaries, String transfer, String chroma) {

  /** Returns the tags of a frame. */
  public static Tags of(AVFrame frame) {
    return new Tags(
        name(av_color_space_name(frame.colorspace())),
        name(av_color_range_name(frame.color_range())),
        name(av_color_primaries_name(frame.color_primaries())),
        name(av_color_transfer_name(frame.color_trc())),
        name(av_chroma_location_name(frame.chroma_location())));
  }

  /** Returns the tags of a stream. */
  public static Tags of(AVCodecParameters parameters) {
    return new Tags(
        name(av_color_space_name(parameters.color_space())),
        name(av_color_range_name(parameters.color_range())),
        name(av_color_primaries_name(parameters.color_primaries())),
        name(av_color_transfer_name(parameters.color_trc())),
        name(av_chroma_location_name(parameters.chroma_location())));
  }

  private static String name(BytePointer text) {
    return text.getString();
  }

  /** Returns whether the range is full. */
  public boolean isFull() {
    return range.equals(av_color_range_name(AVCOL_RANGE_JPEG).getString());
  }

  /** Returns all but the chroma location. */
  public String colors() {
    return String.join(" ", matrix, range, primaries, transfer);
  }
}
