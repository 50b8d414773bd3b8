package io.reelmux.ffmpeg.reliability.memory;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.testing.media.Demuxer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes from a mapped file that shrinks. Arguments: a directory, and the number of frames to
 * encode before it does (after many frames, the JVM has compiled the copy).
 */
final class ShrinkMain {
  private static final int SIDE = 64;
  private static final int SAMPLES = 4800;

  private final Path directory;
  private int trials;

  private ShrinkMain(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    ShrinkMain main = new ShrinkMain(Path.of(arguments[0]));
    int frames = Integer.parseInt(arguments[1]);
    for (PixelLayout layout : PixelLayout.values()) {
      for (int padding : new int[] {0, 17}) {
        main.video(layout, padding, frames);
      }
    }
    for (SampleLayout layout : SampleLayout.values()) {
      main.audio(layout, Math.min(frames, 50));
    }
    if (NativeOwner.openCount() != 0) {
      throw new AssertionError(NativeOwner.openCount() + " owners left open");
    }
    System.out.println("trials " + main.trials);
  }

  private void video(PixelLayout layout, int padding, int frames) throws IOException {
    Path source = directory.resolve("source.raw");
    Path file = directory.resolve(layout + "-" + padding + ".mkv");
    int stride = layout.rowBytes(0, SIDE) + padding;
    int bytes = stride * SIDE * layout.planeCount();
    Encoder encoder = Encoder.create();
    VideoStream video =
        encoder.addVideo(
            VideoOptions.builder(SIDE, SIDE, 25).codec("mpeg4").threads(1).maxBFrames(0).build());
    encoder.openFile(file);
    try (FileChannel channel = open(source)) {
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
      VideoFrame frame = frame(layout, mapped, stride);
      for (int i = 0; i < frames; i++) {
        video.addFrame(frame);
      }
      channel.truncate(0);
      fault(layout + " padding " + padding, () -> video.addFrame(frame));
      refused(layout.toString(), () -> video.addFrame(frame));
    }
    encoder.close();
    int packets = Arrays.stream(Demuxer.countPackets(file)).sum();
    if (packets != frames) {
      throw new AssertionError(layout + ": " + packets + " packets of " + frames + " frames");
    }
    trials++;
  }

  private static VideoFrame frame(PixelLayout layout, ByteBuffer mapped, int stride) {
    if (stride == layout.rowBytes(0, SIDE)) {
      ByteBuffer tight = mapped.slice(0, (int) layout.frameBytes(SIDE, SIDE));
      return VideoFrame.of(layout, SIDE, SIDE, tight.order(ByteOrder.LITTLE_ENDIAN));
    }
    int count = layout.planeCount();
    ByteBuffer[] planes = new ByteBuffer[count];
    int[] strides = new int[count];
    for (int plane = 0; plane < count; plane++) {
      planes[plane] = mapped.slice(plane * stride * SIDE, stride * SIDE);
      strides[plane] = stride;
    }
    return VideoFrame.of(layout, SIDE, SIDE, List.of(planes), strides);
  }

  /** Samples are checked before they are accepted, so the encoder may stay open. */
  private void audio(SampleLayout layout, int times) throws IOException {
    Path file = directory.resolve(layout + ".mka");
    Encoder encoder = Encoder.create();
    AudioStream audio =
        encoder.addAudio(AudioOptions.builder(48_000, 1).codec("pcm_s16le").build());
    encoder.openFile(file, "mka");
    int bytes = SAMPLES * layout.type().bytes();
    try (FileChannel channel = open(directory.resolve("source.pcm"))) {
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
      AudioSamples samples = AudioSamples.of(layout, 1, mapped.order(ByteOrder.LITTLE_ENDIAN));
      for (int i = 0; i < times; i++) {
        audio.addSamples(samples);
      }
      channel.truncate(0);
      fault(layout.toString(), () -> audio.addSamples(samples));
    }
    encoder.close();
    if (Arrays.stream(Demuxer.countPackets(file)).sum() < times) {
      throw new AssertionError(layout + ": packets are missing");
    }
    trials++;
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void fault(String what, ThrowingRunnable<IOException> call) {
    try {
      call.run();
    } catch (InternalError | IOException e) {
      return;
    }
    throw new AssertionError(what + ": missing memory was read without an error");
  }

  private static void refused(String what, ThrowingRunnable<IOException> call) throws IOException {
    try {
      call.run();
    } catch (IllegalStateException e) {
      return;
    }
    throw new AssertionError(what + ": the encoder is still open after a failure");
  }
}
