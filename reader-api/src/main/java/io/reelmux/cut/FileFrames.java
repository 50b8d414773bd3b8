package io.reelmux.cut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The frames of a media file, by their numbers. Each chunk is read by the file's index, which is
 * made once and carried along: whatever the file's key frames and times, a chunk gets exactly the
 * frames that it is of, or fails.
 *
 * <p>Immutable and thread-safe; each chunk that is read opens the file for itself. On other
 * machines, the file must be at the same path.
 */
public final class FileFrames implements FrameSource {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final VideoOutput output;
  private final VideoOptions encoding;
  private final long frames;
  private final String identity;

  private FileFrames(
      String file, VideoOutput output, VideoOptions encoding, long frames, String identity) {
    this.file = file;
    this.output = output;
    this.encoding = encoding;
    this.frames = frames;
    this.identity = identity;
  }

  /**
   * Returns the frames of a file's best video stream, without color conversion.
   *
   * @param file a regular file
   * @return the frames
   * @throws IllegalArgumentException if the frame rate is not constant
   * @throws io.reelmux.reader.UnsupportedMediaException if there is no video that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static FileFrames of(Path file) throws IOException {
    return of(file, VideoOutput.source());
  }

  /**
   * Returns the frames of a file's best video stream. Reads the packets of the whole file once, for
   * its index.
   *
   * @param file a regular file
   * @param output which frames are wanted: size, part, colors, frame rate; no filter
   * @return the frames
   * @throws IllegalArgumentException if the frame rate is not constant and the output sets none, or
   *     the output has a filter or is not possible
   * @throws io.reelmux.reader.UnsupportedMediaException if there is no video that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static FileFrames of(Path file, VideoOutput output) throws IOException {
    Objects.requireNonNull(file, "file");
    if (output.filter().isPresent()) {
      throw new IllegalArgumentException(
          "filter '"
              + output.filter().get()
              + "': it would start again with each chunk, and may look at the frames before; filter"
              + " the video first, or use crop, size and frameRate");
    }
    try (MediaReader in = MediaReader.open(file)) {
      VideoOutput indexed = output;
      if (output.index().isEmpty()) {
        try (VideoReader all = in.video(VideoOutput.source())) {
          indexed = output.index(all.index());
        }
      }
      VideoReader reader = in.video(indexed);
      FrameIndex index = reader.index();
      requireConstant(file, index);
      VideoOptions encoding = reader.encoding().variableFrameRate(false).clearMetadata().build();
      return new FileFrames(
          file.toString(), indexed, encoding, index.count(), identity(file, indexed));
    }
  }

  /** By size and index, which reading has made anyway, and by what is made of the frames. */
  private static String identity(Path file, VideoOutput indexed) throws IOException {
    FrameIndex index = indexed.index().orElseThrow();
    ByteBuffer times = ByteBuffer.allocate(Math.multiplyExact(index.count(), Long.BYTES));
    for (int n = 0; n < index.count(); n++) {
      times.putLong(index.pts(n));
    }
    byte[] wanted = indexed.toString().getBytes(UTF_8);
    return Files.size(file)
        + " bytes, index "
        + Sha256.start(times.array(), index.packets(), wanted);
  }

  private static void requireConstant(Path file, FrameIndex index) {
    if (!index.constantRate()) {
      throw new IllegalArgumentException(
          file
              + " has a variable frame rate, and a video that is cut a constant one: set"
              + " VideoOutput.frameRate, which repeats or leaves out frames");
    }
  }

  Path file() {
    return Path.of(file);
  }

  /** {@return the number of frames} */
  public long frames() {
    return frames;
  }

  /**
   * Returns options for encoding the frames again, as {@link VideoReader#encoding} does, with a
   * constant frame rate and without tags.
   *
   * @return options that can be changed
   */
  public VideoOptions.Builder encoding() {
    return encoding.toBuilder();
  }

  /** The size of the file, and digits that stand for its index and the output. */
  @Override
  public String identity() {
    return identity;
  }

  @Override
  public void feed(Chunk chunk, VideoStream stream) throws IOException {
    if (chunk.endFrame() > frames) {
      throw new IllegalArgumentException(chunk + ": " + file + " has " + frames + " frames");
    }
    requireRate(stream.options());
    try (MediaReader in = MediaReader.open(Path.of(file))) {
      FrameCursor cursor = in.video(output).cursor();
      cursor.seek(chunk.firstFrame());
      for (long n = chunk.firstFrame(); n < chunk.endFrame(); n++) {
        stream.addFrame(next(cursor, n, chunk).toUntimedVideoFrame());
      }
    }
  }

  /** At another rate the video would play faster or slower, and leave its audio. */
  private void requireRate(VideoOptions plan) {
    if (!plan.frameRate().equals(encoding.frameRate())) {
      throw new IllegalArgumentException(
          "the plan has "
              + plan.frameRate()
              + " frames per second, and the frames of "
              + file
              + " are "
              + encoding.frameRate()
              + " per second: set VideoOutput.frameRate, which repeats or leaves out frames");
    }
  }

  private ReadFrame next(FrameCursor cursor, long number, Chunk chunk) throws IOException {
    if (!cursor.next()) {
      throw new CutException(chunk, file + " ends before frame " + number);
    }
    ReadFrame frame = cursor.frame();
    if (frame.index() != number) {
      throw new CutException(
          chunk,
          "frame "
              + number
              + " of "
              + file
              + " cannot be decoded: set VideoOutput.damage(Damage.KEEP) to encode it as it is");
    }
    return frame;
  }

  /** {@code FileFrames of in.mov, 1440 frames}. */
  @Override
  public String toString() {
    return "FileFrames of " + file + ", " + frames + " frames";
  }
}
