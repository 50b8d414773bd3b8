package io.reelmux.cut;

import io.reelmux.EncoderCatalog;
import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a video is cut into chunks, and the settings that all of them are encoded with. Made once,
 * where the work is distributed, and carried to wherever chunks are encoded. Immutable, thread-safe
 * and serializable between programs that use the same version of this library.
 *
 * <p>Each chunk begins with a key frame that no other frame refers across. Its length is a
 * compromise: key frames cost bits, and chunks of 10 seconds and more cost little more than the
 * same video in one piece.
 *
 * <p>The quality of a video in chunks is constant: {@link VideoOptions.Builder#crf}, {@link
 * VideoOptions.Builder#quality} or {@link VideoOptions.Builder#qp}. A bit rate is refused, because
 * each chunk would be given the mean, however much or little it needs. {@link
 * VideoOptions.Builder#maxBitRate} limits the rate within each chunk.
 */
public final class CutPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How long a chunk is beside what its encoder looks at, if it does so by default. */
  private static final long MIN_LOOKAHEADS = 5;

  private final VideoOptions video;
  private final long totalFrames;
  private final ArrayList<Chunk> chunks;
  private final String backend;
  private final int lookahead;
  private final String source;

  private CutPlan(
      VideoOptions video,
      long totalFrames,
      List<Chunk> chunks,
      String backend,
      int lookahead,
      String source) {
    this.video = video;
    this.totalFrames = totalFrames;
    this.chunks = new ArrayList<>(chunks);
    this.backend = backend;
    this.lookahead = lookahead;
    this.source = source;
  }

  /**
   * Returns a plan of chunks that have about the same length.
   *
   * @param video the settings of the video, with a {@link VideoOptions.Builder#codec}. Threads are
   *     1 unless set: chunks that are encoded at once use all processors better
   * @param totalFrames the number of frames of the video, at least 1
   * @param chunk how long a chunk is: rounded to whole GOPs, where the settings say how long these
   *     are, and at least 2 frames; the last chunk may be shorter, but has 2 frames as well if
   *     there are others
   * @return the plan
   * @throws IllegalArgumentException if a value is out of range, a setting is not possible for a
   *     video in chunks, or the encoder does not support a setting
   * @throws IllegalStateException if there is no backend on the class path
   * @throws IOException if the native libraries cannot be loaded
   */
  public static CutPlan of(VideoOptions video, long totalFrames, Duration chunk)
      throws IOException {
    CutRules.check(video, totalFrames);
    Objects.requireNonNull(chunk, "chunk");
    return create(video, totalFrames, new Seams(video).regular(totalFrames, chunk));
  }

  /**
   * Returns a plan of chunks that begin at certain frames, such as the first frames of scenes.
   *
   * @param video the settings of the video, as with {@link #of}
   * @param totalFrames the number of frames of the video, at least 1
   * @param firstFrames the first frame of each chunk, rising; 0, which always is one, may be left
   *     out. With {@link VideoOptions.Builder#keyFramesEvery}, its key frames
   * @return the plan
   * @throws IllegalArgumentException if a value is out of range, a chunk has less than 2 frames, a
   *     setting is not possible for a video in chunks, or the encoder does not support a setting
   * @throws IllegalStateException if there is no backend on the class path
   * @throws IOException if the native libraries cannot be loaded
   */
  public static CutPlan at(VideoOptions video, long totalFrames, long... firstFrames)
      throws IOException {
    CutRules.check(video, totalFrames);
    return create(video, totalFrames, new Seams(video).at(totalFrames, firstFrames));
  }

  private static CutPlan create(VideoOptions video, long totalFrames, List<Long> seams)
      throws IOException {
    VideoOptions fixed = video.threads().isPresent() ? video : video.toBuilder().threads(1).build();
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < seams.size(); i++) {
      long end = i + 1 < seams.size() ? seams.get(i + 1) : totalFrames;
      chunks.add(new Chunk(i, seams.get(i), end - seams.get(i)));
    }
    EncoderCatalog catalog = EncoderCatalog.load();
    CutPlan plan =
        new CutPlan(fixed, totalFrames, chunks, catalog.backend(), /* lookahead= */ 0, "");
    Optional<String> reason =
        catalog.unsupportedReason(plan.video(chunks.get(0)), ChunkEncoder.FORMAT);
    if (reason.isPresent()) {
      throw new IllegalArgumentException("this video cannot be cut: " + reason.get());
    }
    int lookahead = catalog.lookahead(fixed);
    long whole = chunks.get(0).frames();
    return whole >= MIN_LOOKAHEADS * lookahead ? plan.withLookahead(lookahead) : plan;
  }

  /**
   * Returns the same plan with another number of frames that a chunk's encoder looks at beyond the
   * chunk's end. They are asked for as part of the chunk ({@link FrameSource}), but belong to the
   * next one and are not encoded: the encoder spends its bits at the end of a chunk as it would in
   * the whole video. To look at a frame costs a tenth of encoding it, with libx264 and its default
   * preset.
   *
   * @param frames 0 for chunks that end with their last frame; by default what {@link
   *     EncoderCatalog#lookahead} says, if chunks are five times as long, so that it costs 2 % at
   *     most
   * @return a copy
   * @throws IllegalArgumentException if negative, or above 0 with an encoder that does not look
   *     ahead
   * @throws IOException if the native libraries cannot be loaded
   */
  public CutPlan withLookahead(int frames) throws IOException {
    if (frames < 0) {
      throw new IllegalArgumentException("lookahead " + frames + ": must be 0 or more");
    }
    if (frames > 0 && EncoderCatalog.load().lookahead(video) == 0) {
      throw new IllegalArgumentException(
          "lookahead " + frames + ": must be 0, because the encoder does not look ahead");
    }
    return new CutPlan(video, totalFrames, chunks, backend, frames, source);
  }

  /**
   * Returns the same plan for a certain video. Chunks of another video are then refused: by {@link
   * ChunkEncoder}, whose frames have another identity, and by {@link Joiner}. {@link
   * ParallelEncoder} and programs like it call this themselves.
   *
   * @param identity {@link FrameSource#identity} of its frames; for frames without one, any name
   *     that no other video has
   * @return a copy
   */
  public CutPlan withSource(String identity) {
    Objects.requireNonNull(identity, "identity");
    return new CutPlan(video, totalFrames, chunks, backend, lookahead, identity);
  }

  /**
   * Returns the same plan for the video that certain frames are of, unless it is for one already.
   *
   * @param frames the frames
   * @return a copy, or this
   * @throws IllegalArgumentException if this plan is for another video
   */
  public CutPlan forFrames(FrameSource frames) {
    String own = frames.identity();
    if (own.isEmpty()) {
      return this;
    }
    if (!source.isEmpty() && !source.equals(own)) {
      throw new IllegalArgumentException(
          "the frames are of another video than the plan: " + own + " instead of " + source);
    }
    return withSource(own);
  }

  /** {@return the chunks, in the order of the video} */
  public List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  /** {@return the number of frames of the video} */
  public long totalFrames() {
    return totalFrames;
  }

  /** {@return the settings of the video} */
  public VideoOptions video() {
    return video;
  }

  /** {@return the frame rate of the video} */
  public FrameRate frameRate() {
    return video.frameRate();
  }

  /**
   * Returns the settings that a chunk is encoded with.
   *
   * @param chunk one of this plan
   * @return those of the video, as a part of it that begins at the chunk's first frame and, if
   *     frames beyond it are looked at, ends with its last one
   * @throws IllegalArgumentException if the chunk is not of this plan
   */
  public VideoOptions video(Chunk chunk) {
    requireOwn(chunk);
    VideoOptions.Builder part = video.toBuilder().partFrom(chunk.firstFrame());
    return fed(chunk).equals(chunk) ? part.build() : part.partFrames(chunk.frames()).build();
  }

  /**
   * {@return the name, version and license of the native library that the plan was made with, with
   * which all chunks have to be encoded}
   */
  public String backend() {
    return backend;
  }

  /** {@return how many frames beyond its end the encoder of a chunk looks at} */
  public int lookahead() {
    return lookahead;
  }

  /** {@return what tells the video from others; empty if that is not known} */
  public String source() {
    return source;
  }

  /** The frames that the encoder of a chunk gets: its own, and those that it looks at. */
  Chunk fed(Chunk chunk) {
    long end = Math.min(chunk.endFrame() + lookahead, totalFrames);
    return new Chunk(chunk.index(), chunk.firstFrame(), end - chunk.firstFrame());
  }

  /** The settings by their names, to compare. */
  Map<String, String> settings() {
    return Settings.of(video);
  }

  void requireOwn(Chunk chunk) {
    int index = chunk.index();
    if (index < 0 || index >= chunks.size() || !chunks.get(index).equals(chunk)) {
      throw new IllegalArgumentException(
          chunk
              + " is not of this plan"
              + (index < 0 || index >= chunks.size()
                  ? ", which has " + chunks.size() + " chunks"
                  : ", which has " + chunks.get(index)));
    }
  }

  /** {@code 14400 frames in 60 chunks, 1280x720 at 24, libx264}. */
  @Override
  public String toString() {
    return totalFrames + " frames in " + chunks.size() + " chunks, " + video;
  }
}
