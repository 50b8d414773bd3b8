package io.reelmux.cuda.standin;

import static io.reelmux.cuda.standin.Av.check;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;

import io.reelmux.Packet;
import io.reelmux.testing.media.StreamDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * A frame that a software decoder decoded from packets only, without being given the size. The
 * {@code type} is FFmpeg's; the color values come from the stream's headers.
 */
record Decoded(
    Yuv frame,
    long pts,
    int type,
    int primaries,
    int transfer,
    int matrix,
    int range,
    int sarWidth,
    int sarHeight) {

  /** Of a stream whose packets hold its headers. */
  static List<Decoded> of(String decoder, List<NvencEncoder.Packet> packets) {
    return of(decoder, new byte[0], packets);
  }

  /** Decodes packets that contain the stream's headers. */
  static List<Decoded> ofPackets(String decoder, List<Packet> packets) {
    return of(
        decoder,
        packets.stream()
            .map(p -> new NvencEncoder.Packet(p.toByteArray(), p.pts(), p.dts(), p.keyFrame()))
            .toList());
  }

  /** Decodes such packets to 8-bit NV12. */
  static byte[][] nv12(String decoder, List<Packet> packets) {
    return ofPackets(decoder, packets).stream()
        .map(decoded -> Gpu.bytes(new Yuv[] {decoded.frame}))
        .toArray(byte[][]::new);
  }

  static List<Decoded> of(String decoder, byte[] headers, List<NvencEncoder.Packet> packets) {
    List<Decoded> frames = new ArrayList<>();
    AVPacket packet = av_packet_alloc();
    try (StreamDecoder decoding = StreamDecoder.of(decoder, headers)) {
      for (NvencEncoder.Packet encoded : packets) {
        check("av_new_packet", av_new_packet(packet, encoded.bytes().length));
        packet.data().put(encoded.bytes());
        packet.pts(encoded.pts()).dts(encoded.dts());
        decoding.decode(packet, frame -> frames.add(of(frame)));
        av_packet_unref(packet);
      }
      decoding.drain(frame -> frames.add(of(frame)));
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      av_packet_free(packet);
    }
  }

  private static Decoded of(AVFrame frame) {
    return new Decoded(
        read(frame),
        frame.pts(),
        frame.pict_type(),
        frame.color_primaries(),
        frame.color_trc(),
        frame.colorspace(),
        frame.color_range(),
        frame.sample_aspect_ratio().num(),
        frame.sample_aspect_ratio().den());
  }

  private static Yuv read(AVFrame frame) {
    int bits = frame.format() == AV_PIX_FMT_YUV420P10LE ? 10 : 8;
    int width = frame.width();
    int height = frame.height();
    short[] luma = plane(frame, 0, width, height, bits);
    int chromaWidth = (width + 1) / 2;
    int chromaHeight = (height + 1) / 2;
    short[] cb = plane(frame, 1, chromaWidth, chromaHeight, bits);
    short[] cr = plane(frame, 2, chromaWidth, chromaHeight, bits);
    short[] chroma = new short[2 * cb.length];
    for (int i = 0; i < cb.length; i++) {
      chroma[2 * i] = cb[i];
      chroma[2 * i + 1] = cr[i];
    }
    return new Yuv(width, height, bits, luma, chroma);
  }

  private static short[] plane(AVFrame frame, int plane, int width, int height, int bits) {
    int sampleBytes = bits > 8 ? 2 : 1;
    short[] samples = new short[width * height];
    byte[] row = new byte[width * sampleBytes];
    for (int y = 0; y < height; y++) {
      new BytePointer(frame.data(plane)).position((long) y * frame.linesize(plane)).get(row);
      for (int x = 0; x < width; x++) {
        int low = row[x * sampleBytes] & 0xff;
        int high = bits > 8 ? row[x * 2 + 1] << 8 : 0;
        samples[y * width + x] = (short) (high | low);
      }
    }
    return samples;
  }
}
