package io.reelmux.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_frame_side_data_new;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;

import io.reelmux.EncoderException;
import io.reelmux.HdrMetadata;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVContentLightMetadata;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMasteringDisplayMetadata;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Gives an encoder HDR metadata as side data of the stream. The context owns them. Encoders that
 * know how write them into the stream, and FFmpeg passes them on to the muxer.
 */
public final class HdrSideData {

  /** Chromaticities are stored in steps of 0.00002. */
  private static final int CHROMATICITY_STEPS = 50_000;

  /** Luminances are stored in steps of 0.0001 cd/m². */
  private static final int LUMINANCE_STEPS = 10_000;

  /** Asked of instances, whose class is loaded then: before, its size is not known. */
  private static final int DISPLAY_BYTES = new AVMasteringDisplayMetadata(null).sizeof();

  private static final int LIGHT_BYTES = new AVContentLightMetadata(null).sizeof();

  private HdrSideData() {}

  /** Adds the metadata to an encoder that has not been opened. */
  public static void add(AVCodecContext context, HdrMetadata hdr) throws EncoderException {
    Pointer display = allocate(context, AV_FRAME_DATA_MASTERING_DISPLAY_METADATA, DISPLAY_BYTES);
    fill(new AVMasteringDisplayMetadata(display), hdr);
    if (hdr.maxContentLightLevel().isPresent()) {
      Pointer light = allocate(context, AV_FRAME_DATA_CONTENT_LIGHT_LEVEL, LIGHT_BYTES);
      new AVContentLightMetadata(light)
          .MaxCLL(hdr.maxContentLightLevel().getAsInt())
              .MaxFALL(hdr.maxFrameAverageLightLevel().orElse(0));
    }
  }

  private static Pointer allocate(AVCodecContext context, int type, int size)
      throws EncoderException {
    int[] count = {context.nb_decoded_side_data()};
    PointerPointer<?> current = context.decoded_side_data();
    // the call changes the address that this object holds
    PointerPointer<?> list = current == null ? new PointerPointer<>((Pointer) null) : current;
    AVFrameSideData added = av_frame_side_data_new(list, count, type, size, /* flags= */ 0);
    // the list may have moved even if the entry could not be allocated
    context.decoded_side_data(list);
    context.nb_decoded_side_data(count[0]);
    return Av.allocated(added, "store the HDR metadata").data();
  }

  private static void fill(AVMasteringDisplayMetadata target, HdrMetadata hdr) {
    HdrMetadata.Primaries primaries = hdr.primaries();
    fill(target, 0, primaries.red());
    fill(target, 1, primaries.green());
    fill(target, 2, primaries.blue());
    set(target.white_point(0), hdr.whitePoint().x(), CHROMATICITY_STEPS);
    set(target.white_point(1), hdr.whitePoint().y(), CHROMATICITY_STEPS);
    set(target.min_luminance(), hdr.minLuminance(), LUMINANCE_STEPS);
    set(target.max_luminance(), hdr.maxLuminance(), LUMINANCE_STEPS);
    target.has_primaries(1).has_luminance(1);
  }

  private static void fill(
      AVMasteringDisplayMetadata target, int primary, HdrMetadata.Chromaticity color) {
    set(target.display_primaries(primary, 0), color.x(), CHROMATICITY_STEPS);
    set(target.display_primaries(primary, 1), color.y(), CHROMATICITY_STEPS);
  }

  private static void set(AVRational target, double value, int steps) {
    target.num((int) Math.round(value * steps)).den(steps);
  }
}
