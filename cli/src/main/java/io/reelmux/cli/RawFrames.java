package io.reelmux.cli;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Raw frames from a file or from standard input; components of 16 bits are little-endian. */
final class RawFrames implements FrameSource {
  private final InputStream in;
  private final boolean own;
  private final PixelLayout layout;
  private final FrameSize size;
  private final int frameBytes;
  private final OptionalLong bytes;
  private volatile boolean waiting;
  private long frames;

  private RawFrames(
      InputStream in, boolean own, OptionalLong bytes, PixelLayout layout, FrameSize size)
      throws CommandException {
    this.in = in;
    this.own = own;
    this.layout = layout;
    this.size = size;
    this.bytes = bytes;
    long frame = layout.frameBytes(size.width(), size.height());
    if (frame > Integer.MAX_VALUE - 8) {
      throw CommandException.refused(
          "a frame of " + size + " has " + frame + " bytes, more than 2 GiB", "a smaller --size");
    }
    frameBytes = (int) frame;
  }

  /**
   * Opens a source.
   *
   * @param input a file, or {@code -} for standard input
   */
  static RawFrames open(String input, InputStream stdin, PixelLayout layout, FrameSize size)
      throws IOException, CommandException {
    if (input.equals("-")) {
      return new RawFrames(stdin, false, OptionalLong.empty(), layout, size);
    }
    Path file = Path.of(input);
    OptionalLong bytes =
        Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return new RawFrames(in, true, bytes, layout, size);
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public OptionalLong count() {
    return bytes.isPresent()
        ? OptionalLong.of(bytes.getAsLong() / frameBytes)
        : OptionalLong.empty();
  }

  @Override
  public @Nullable VideoFrame next() throws IOException, CommandException {
    waiting = true;
    byte[] frame;
    try {
      frame = in.readNBytes(frameBytes);
    } finally {
      waiting = false;
    }
    if (frame.length == 0) {
      return null;
    }
    if (frame.length < frameBytes) {
      throw CommandException.failed(
          "the input ends in the middle of frame %d: %d of %d bytes"
              .formatted(frames, frame.length, frameBytes),
          "--size and --layout as the program that made the frames has them");
    }
    frames++;
    return VideoFrame.of(layout, size.width(), size.height(), frame);
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    if (own) {
      in.close();
    }
  }
}
