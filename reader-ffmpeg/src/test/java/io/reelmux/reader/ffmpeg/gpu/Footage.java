package io.reelmux.reader.ffmpeg.gpu;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Frames of noise, and files of them that the stand-in has encoded without loss. The size is no
 * multiple of 16, so that surfaces are larger than frames.
 */
final class Footage {
  static final int WIDTH = 98;
  static final int HEIGHT = 54;
  static final int COUNT = 30;

  private Footage() {}

  /** What is encoded. */
  enum Kind {
    /** H.264 with B-frames, 8 bits. */
    H264("h264", PixelLayout.NV12),
    /** HEVC with B-frames, 10 bits. */
    HEVC10("hevc", PixelLayout.P010);

    private final String codec;
    private final PixelLayout layout;

    Kind(String codec, PixelLayout layout) {
      this.codec = codec;
      this.layout = layout;
    }

    /** The layout of the surfaces. */
    PixelLayout layout() {
      return layout;
    }
  }

  /** The frames that a file consists of, in the layout of the surfaces. */
  static List<ByteBuffer> frames(Kind kind) {
    Random random = new Random(kind.layout.bytesPerComponent());
    List<ByteBuffer> all = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      byte[] bytes = new byte[(int) kind.layout.frameBytes(WIDTH, HEIGHT)];
      random.nextBytes(bytes);
      if (kind.layout == PixelLayout.P010) {
        // ten bits, at the top of each word
        for (int i = 0; i < bytes.length; i += 2) {
          bytes[i] &= (byte) 0xC0;
        }
      }
      all.add(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
    return all;
  }

  /** Encodes the frames on the stand-in. */
  static Path encode(Kind kind, Path file) throws IOException {
    return encode(kind, file, false);
  }

  /** Encodes the frames of H.264, and silence. */
  static Path encodeWithAudio(Path file) throws IOException {
    return encode(Kind.H264, file, true);
  }

  private static Path encode(Kind kind, Path file, boolean audio) throws IOException {
    VideoOptions.Builder options =
        VideoOptions.builder(WIDTH, HEIGHT, 25)
            .device(Device.cuda())
            .codec(kind.codec)
            .gop(12)
            .maxBFrames(2);
    if (kind == Kind.HEVC10) {
      options.profile("main10");
    }
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options.build());
      Optional<AudioStream> silence =
          audio ? Optional.of(encoder.addAudio(AudioOptions.of(48_000, 1))) : Optional.empty();
      encoder.openFile(file);
      for (ByteBuffer frame : frames(kind)) {
        stream.addFrame(VideoFrame.of(kind.layout, WIDTH, HEIGHT, frame));
        if (silence.isPresent()) {
          silence
              .get()
              .addSamples(AudioSamples.of(SampleLayout.S16_INTERLEAVED, 1, new byte[2 * 1920]));
        }
      }
    }
    return file;
  }
}
