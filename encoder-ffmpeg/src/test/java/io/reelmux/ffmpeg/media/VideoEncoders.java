package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncoderInfo;
import io.reelmux.EncodingResult;
import io.reelmux.StreamKind;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.DecodedFrame;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Every video encoder of the build that runs without hardware, and what it needs to run. */
final class VideoEncoders {

  /** They need a device or a driver that tests do not have. */
  private static final Pattern HARDWARE = Pattern.compile(".*_(nvenc|vaapi|qsv|v4l2m2m|vulkan)");

  /** They make no bit stream: one passes on the frame's address, one discards it. */
  private static final Set<String> NO_BIT_STREAM = Set.of("wrapped_avframe", "vnull");

  /** They accept palettes only, which Reelmux does not make. */
  private static final Set<String> PALETTE_ONLY = Set.of("msrle", "smc");

  /** Encoders of a few sizes. */
  private static final Map<String, int[]> SIZES =
      Map.of(
          "h261", new int[] {176, 144},
          "h263", new int[] {176, 144},
          "dvvideo", new int[] {720, 576},
          "dnxhd", new int[] {1280, 720},
          "xface", new int[] {48, 48});

  /** Containers that hold what NUT does not. */
  private static final Map<String, String> CONTAINERS =
      map(
          "roqvideo",
          "roq",
          "gif",
          "gif",
          "apng",
          "apng",
          "cfhd",
          "mov",
          "h261",
          "h261",
          "rv10",
          "rm",
          "rv20",
          "rm",
          "qtrle",
          "mov",
          "fits",
          "fits");

  /** FFmpeg does not decode their packets alone. */
  static final Set<String> UNDECODED = Set.of("libwebp_anim", "bitpacked", "avrp");

  /** Encoders of images that no container of video holds. */
  private static final Set<String> IMAGES =
      Set.of(
          "alias_pix",
          "bmp",
          "dpx",
          "jpegls",
          "libwebp",
          "pam",
          "pbm",
          "pcx",
          "pfm",
          "pgm",
          "pgmyuv",
          "phm",
          "png",
          "ppm",
          "qoi",
          "sgi",
          "sunrast",
          "targa",
          "tiff",
          "wbmp",
          "xbm",
          "xwd");

  private VideoEncoders() {}

  private static Map<String, String> map(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Returns the names. */
  static Stream<String> names() throws IOException {
    return EncoderCatalog.load().encoders(StreamKind.VIDEO).stream()
        .map(EncoderInfo::name)
        .filter(name -> !HARDWARE.matcher(name).matches())
        .filter(name -> !NO_BIT_STREAM.contains(name) && !PALETTE_ONLY.contains(name));
  }

  /** Returns options for one of the encoder's sizes, or this one. */
  static VideoOptions.Builder options(String encoder, int width, int height) {
    int[] size = SIZES.getOrDefault(encoder, new int[] {width, height});
    VideoOptions.Builder options = VideoOptions.builder(size[0], size[1], 25).codec(encoder);
    return encoder.equals("libaom-av1") ? options.option("cpu-used", "6") : options;
  }

  /** What the result says, and the frames as they were decoded. */
  record Encoded(EncodingResult result, List<DecodedFrame> frames) {
    long bytes() {
      return result.streams().get(0).bytes();
    }

    /** Returns the mean PSNR against RGB24 frames. */
    double psnr(List<byte[]> rgb) {
      double sum = 0;
      for (int i = 0; i < rgb.size(); i++) {
        sum += frames.get(i).psnr(rgb.get(i));
      }
      return sum / rgb.size();
    }
  }

  /** Encodes frames, into a container if one holds the codec, and decodes them. */
  static Encoded encode(VideoOptions options, List<VideoFrame> frames) throws IOException {
    String codec = options.codec().orElseThrow();
    ByteArrayOutput output = new ByteArrayOutput();
    List<byte[]> packets = new ArrayList<>();
    boolean images = IMAGES.contains(codec) || UNDECODED.contains(codec);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      if (images) {
        encoder.openPackets(packet -> packets.add(packet.toByteArray()));
      } else {
        encoder.openFileLike(output, CONTAINERS.getOrDefault(codec, "nut"));
      }
      for (VideoFrame frame : frames) {
        stream.addFrame(frame);
      }
      result = encoder.finish();
    }
    return new Encoded(
        result,
        images ? decode(codec, packets) : MediaReader.read(output.toByteArray()).video(0).frames());
  }

  /** Decodes packets of a codec that has no headers outside them. */
  private static List<DecodedFrame> decode(String encoder, List<byte[]> packets) {
    if (UNDECODED.contains(encoder)) {
      return List.of();
    }
    AVCodec codec = avcodec_find_decoder(avcodec_find_encoder_by_name(encoder).id());
    AVCodecContext context = avcodec_alloc_context3(codec);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    List<DecodedFrame> frames = new ArrayList<>();
    try {
      assertThat(avcodec_open2(context, codec, (AVDictionary) null)).isZero();
      for (byte[] bytes : packets) {
        av_new_packet(packet, bytes.length);
        packet.data().put(bytes);
        // without it, the decoder of PNG adds the previous image
        packet.flags(AV_PKT_FLAG_KEY);
        assertThat(avcodec_send_packet(context, packet)).as(encoder).isZero();
        av_packet_unref(packet);
        while (avcodec_receive_frame(context, frame) == 0) {
          frames.add(new DecodedFrame(frame));
        }
      }
      return frames;
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }
}
