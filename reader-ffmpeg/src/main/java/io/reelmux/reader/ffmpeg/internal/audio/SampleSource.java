package io.reelmux.reader.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.reader.ffmpeg.internal.audio.PieceDecoder.Result;
import io.reelmux.reader.ffmpeg.internal.audio.Timeline.Piece;
import io.reelmux.reader.ffmpeg.internal.decode.DamageCount;
import java.io.IOException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a stream at its own rate, in any order. A first pass from the start, as far as it
 * is needed, finds out which samples come from which packet; from then on, a sample is found by its
 * packet, never by a time. The first pass has a decoder that is never moved, because demuxers tell
 * what to leave out only if they are read in order; a second one decodes again.
 */
final class SampleSource implements AutoCloseable {

  /** Packets that are decoded on the way to a later one rather than moving there. */
  private static final int NEAR = 16;

  private final PieceDecoder first;
  private final int codec;
  private final FrameConverter converter;
  private final Trimming trimming;
  private final DamageCount count;
  private final Access access;
  private final Frame decoded;
  private final GapWatch gaps;
  private final Timeline timeline = new Timeline();

  private boolean ended;
  private @Nullable PieceDecoder second;
  private @Nullable Piece current;

  /** The converted samples of the current piece, once they are asked for. */
  private @Nullable Frame samples;

  /** Whether the current piece is not in {@link #decoded}, but silent. */
  private boolean silent;

  /** What the source asks of the file. */
  interface Access {
    /** Returns a decoder that can be moved to any packet; remains the owner. */
    PieceDecoder open() throws IOException;

    /**
     * Compares the end of the stream with what the header states.
     *
     * @return a sentence if samples are missing
     */
    Optional<String> endsEarly(long startNanos, long samples);
  }

  /**
   * Starts before the first sample.
   *
   * @param first at the start; it and the converter remain the caller's
   */
  SampleSource(
      PieceDecoder first,
      int codec,
      FrameConverter converter,
      Trimming trimming,
      GapWatch gaps,
      DamageCount count,
      Access access)
      throws EncoderException {
    this.first = first;
    this.codec = codec;
    this.converter = converter;
    this.trimming = trimming;
    this.gaps = gaps;
    this.count = count;
    this.access = access;
    this.decoded = Frame.allocate();
  }

  /** Whether any sample can be read at any time. */
  boolean seekable() {
    return first.seekable();
  }

  /** Whether the first pass has arrived at the end. */
  boolean ended() {
    return ended;
  }

  /** Completes the first pass, and returns the number of samples. */
  long count() throws IOException {
    while (!ended) {
      learn();
    }
    return timeline.end();
  }

  /** Returns when sample 0 is heard, in nanoseconds. */
  long startNanos() throws IOException {
    while (timeline.end() == 0 && !ended) {
      learn();
    }
    return trimming.startNanos();
  }

  /**
   * Makes the piece with a sample the current one.
   *
   * @return it; null if the stream ends before the sample
   * @throws IllegalStateException if the source is behind the sample, and cannot go back
   */
  @Nullable Piece load(long sample) throws IOException {
    Piece piece = current;
    if (piece != null && piece.contains(sample)) {
      return piece;
    }
    if (sample < timeline.end()) {
      return decodeAgain(timeline.find(sample));
    }
    while (!ended) {
      piece = learn();
      if (piece != null && piece.contains(sample)) {
        return piece;
      }
    }
    return null;
  }

  /** The converted samples of the current piece, which are valid until the next is loaded. */
  AVFrame frame() throws EncoderException {
    Piece piece = current;
    if (piece == null) {
      throw new IllegalStateException("no piece is loaded");
    }
    Frame converted = samples;
    if (converted == null) {
      int all = piece.offset() + piece.count();
      converted = silent ? converter.silence(all) : converter.convert(decoded);
      samples = converted;
    }
    return converted.struct();
  }

  private Piece makeCurrent(Piece piece, boolean isSilent) {
    current = piece;
    samples = null;
    silent = isSilent;
    return piece;
  }

  /** Returns the first sample of a range that could not be decoded; -1 if there is none. */
  long firstSilent(long from, long to) {
    return timeline.firstSilent(from, to);
  }

  /** Makes the next piece of the first pass known; returns it if any of it is heard. */
  private @Nullable Piece learn() throws IOException {
    current = null;
    Result result = next(first);
    if (result == Result.END) {
      end();
      return null;
    }
    boolean inHead = !trimming.heardAny();
    boolean damaged = result == Result.LOST || isDamaged(decoded.struct());
    int all = decide(result);
    if (trimming.count() > 0) {
      makeCurrent(
          timeline.add(first.place(), trimming.offset(), trimming.count(), damaged), damaged);
    }
    if (inHead && trimming.heardAny()) {
      noteUntoldPriming();
    }
    gaps.piece(first.pts(), all, inHead);
    return current;
  }

  private static boolean isDamaged(AVFrame frame) {
    return (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0;
  }

  /** Decides which samples of a piece of the first pass are heard; returns how many it has. */
  private int decide(Result result) {
    if (result == Result.LOST) {
      count.failed(first.pts());
      trimming.lost(first.lostSamples(), first.pts());
      return first.lostSamples();
    }
    AVFrame frame = decoded.struct();
    int all = converter.samples(frame);
    if (isDamaged(frame)) {
      count.damaged(first.pts(), all);
    }
    trimming.frame(frame, all);
    return all;
  }

  private void noteUntoldPriming() {
    if (AudioCodecs.hasPriming(codec) && !trimming.isTold()) {
      count.note(
          "the file does not tell how many samples the encoder inserted at the start: they are"
              + " among the first that are returned");
    }
  }

  private void end() throws IOException {
    ended = true;
    first.error().ifPresent(text -> count.truncated("the file cannot be read to its end: " + text));
    access.endsEarly(startNanos(), timeline.end()).ifPresent(count::truncated);
  }

  private Result next(PieceDecoder decoder) throws IOException {
    Result result = decoder.next(decoded);
    if (result == Result.FRAME) {
      count.decoded(decoded.struct().nb_samples());
    }
    return result;
  }

  private Piece decodeAgain(Piece piece) throws IOException {
    PieceDecoder decoder = requireSecond();
    current = null;
    if (piece.silent()) {
      return makeCurrent(piece, /* isSilent= */ true);
    }
    boolean same =
        found(decoder, piece.place())
            && converter.samples(decoded.struct()) >= piece.offset() + piece.count();
    if (!same) {
      count.note("some samples could not be decoded a second time: they are silent");
    }
    return makeCurrent(piece, !same);
  }

  private PieceDecoder requireSecond() throws IOException {
    if (!seekable()) {
      throw new IllegalStateException(
          "the source can be read once, from start to end, and is already behind these samples:"
              + " use ByteSource.spooled");
    }
    if (second == null) {
      second = access.open();
    }
    return second;
  }

  /** Decodes up to a piece; returns whether it is there. */
  private boolean found(PieceDecoder decoder, long place) throws IOException {
    int ordinal = PieceDecoder.ordinalOf(place);
    boolean isNear =
        decoder.place() < place && ordinal - PieceDecoder.ordinalOf(decoder.place()) <= NEAR;
    if (!isNear) {
      int preroll = AudioCodecs.preroll(codec, decoder.profile());
      decoder.moveTo(Math.max(0, ordinal - preroll));
    }
    Result result;
    do {
      result = next(decoder);
    } while (result != Result.END && decoder.place() < place);
    return result == Result.FRAME && decoder.place() == place;
  }

  @Override
  public void close() {
    decoded.close();
  }
}
