package io.reelmux.examples;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegLogCallback;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber.ImageMode;
import org.bytedeco.javacv.FrameGrabber.SampleMode;
import org.jspecify.annotations.Nullable;

/** Decodes one stream of a file with JavaCV, without Reelmux. */
final class Decoder implements AutoCloseable {
  private final FFmpegFrameGrabber grabber;
  private final int index;

  private Decoder(FFmpegFrameGrabber grabber, int index) throws IOException {
    this.grabber = grabber;
    this.index = index;
    FFmpegLogCallback.setLevel(AV_LOG_ERROR);
    grabber.setVideoStream(index);
    grabber.setAudioStream(index);
    grabber.setImageMode(ImageMode.RAW);
    grabber.setSampleMode(SampleMode.FLOAT);
    grabber.start();
  }

  static Decoder open(Path file, int index) throws IOException {
    return new Decoder(new FFmpegFrameGrabber(file.toFile()), index);
  }

  static Decoder open(byte[] file, int index) throws IOException {
    return new Decoder(new FFmpegFrameGrabber(new ByteArrayInputStream(file)), index);
  }

  /** A line for each stream: {@code video h264 320x180 25/1} or {@code audio aac 8000 Hz 2 ch}. */
  static List<String> streams(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    FFmpegLogCallback.setLevel(AV_LOG_ERROR);
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      for (int i = 0; i < grabber.getFormatContext().nb_streams(); i++) {
        lines.add(describe(grabber.getFormatContext().streams(i)));
      }
    }
    return lines;
  }

  private static String describe(AVStream stream) {
    AVCodecParameters codec = stream.codecpar();
    String name = avcodec_get_name(codec.codec_id()).getString();
    AVRational rate = stream.avg_frame_rate();
    return switch (codec.codec_type()) {
      case AVMEDIA_TYPE_VIDEO ->
          "video %s %dx%d %d/%d"
              .formatted(name, codec.width(), codec.height(), rate.num(), rate.den());
      case AVMEDIA_TYPE_AUDIO ->
          "audio %s %d Hz %d ch"
              .formatted(name, codec.sample_rate(), codec.ch_layout().nb_channels());
      default -> "other " + name;
    };
  }

  /** {@return duration of the stream in seconds, according to the container} */
  double seconds() {
    AVStream stream = grabber.getFormatContext().streams(index);
    return (double) stream.duration() * stream.time_base().num() / stream.time_base().den();
  }

  /** {@return the next frame as tightly packed yuv420p; null at the end} */
  byte @Nullable [] frame() throws IOException {
    Frame frame = grabber.grabImage();
    if (frame == null) {
      return null;
    }
    AVFrame decoded = (AVFrame) frame.opaque;
    if (decoded.format() != AV_PIX_FMT_YUV420P) {
      throw new IOException("pixel format " + decoded.format() + ", not yuv420p");
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      byte[] row = new byte[decoded.width() >> shift];
      for (int y = 0; y < decoded.height() >> shift; y++) {
        new BytePointer(decoded.data(plane)).position((long) y * decoded.linesize(plane)).get(row);
        packed.write(row);
      }
    }
    return packed.toByteArray();
  }

  /** {@return times of all frames in seconds} */
  List<Double> times() throws IOException {
    List<Double> times = new ArrayList<>();
    Frame frame;
    while ((frame = grabber.grabImage()) != null) {
      times.add(frame.timestamp / 1e6);
    }
    return times;
  }

  /** {@return all samples of the first channel} */
  float[] samples() throws IOException {
    List<Float> samples = new ArrayList<>();
    Frame frame;
    while ((frame = grabber.grabSamples()) != null) {
      FloatBuffer interleaved = (FloatBuffer) frame.samples[0];
      for (int i = 0; i < interleaved.limit(); i += frame.audioChannels) {
        samples.add(interleaved.get(i));
      }
    }
    float[] all = new float[samples.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = samples.get(i);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    grabber.close();
  }
}
