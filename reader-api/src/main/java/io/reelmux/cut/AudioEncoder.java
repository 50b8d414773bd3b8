package io.reelmux.cut;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.EncodingResult;
import io.reelmux.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the audio of a video in one piece, while its chunks are encoded, into a file that a
 * {@link Joiner} adds to the video: MP4, or Matroska for codecs that MP4 does not hold.
 *
 * <p>Used by one thread, once; {@link #cancel} may be called by any.
 */
public final class AudioEncoder {
  private final AudioOptions options;
  private final AudioSource source;
  private final Object monitor = new Object();
  private @Nullable Encoder running;
  private boolean canceled;
  private long samples;

  private AudioEncoder(AudioOptions options, AudioSource source) {
    this.options = options;
    this.source = source;
  }

  /**
   * Returns an encoder of audio.
   *
   * @param options the settings, with a codec that the final container holds; AAC if none is set
   * @param source the samples
   * @return an encoder
   */
  public static AudioEncoder of(AudioOptions options, AudioSource source) {
    AudioOptions complete =
        options.codec().isPresent() ? options : options.toBuilder().codec("aac").build();
    return new AudioEncoder(complete, Objects.requireNonNull(source, "source"));
  }

  AudioOptions options() {
    return options;
  }

  /**
   * Encodes the audio into a file, which is deleted if that fails.
   *
   * @param file the file, created or replaced
   * @return what was encoded, with the file's path as its location
   * @throws IllegalArgumentException if a setting is not supported
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if encoding, the source or the file fails; the source's exception is thrown
   *     unchanged
   */
  public AudioResult encode(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    return encode(file.toString(), DigestTarget.of(file));
  }

  /**
   * Encodes the audio into a stream, which is neither closed nor undone if that fails.
   *
   * @param stream receives the file in order, even if it can seek
   * @param location what the result's location is to be
   * @return what was encoded
   * @throws IllegalArgumentException if a setting is not supported
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if encoding, the source or the stream fails; their exceptions are thrown
   *     unchanged
   */
  public AudioResult encode(OutputStream stream, String location) throws IOException {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(location, "location");
    return encode(location, DigestTarget.of(stream));
  }

  private AudioResult encode(String location, DigestTarget target) throws IOException {
    String format = EncoderCatalog.load().canEncode(options, "mp4") ? "mp4" : "matroska";
    try (Encoder encoder = Encoder.builder().progressListener(this::count).build()) {
      boolean complete = false;
      try {
        started(encoder);
        AudioStream stream = encoder.addAudio(options);
        target.open(encoder, format);
        List<String> notes = feed(stream);
        EncodingResult result = encoder.finish();
        notes.addAll(ResultNotes.ofStreams(result));
        complete = true;
        return new AudioResult(
            location,
            result.streams().get(0).samplesIn(),
            result.bytes(),
            target.sha256(),
            result.backend(),
            notes);
      } finally {
        if (!complete) {
          // close() would complete the file, and it would look whole
          encoder.cancel();
        }
      }
    }
  }

  /** Returns what the source has left out, if it tells. */
  private List<String> feed(AudioStream stream) throws IOException {
    if (source instanceof FileAudio file) {
      return new ArrayList<>(file.feedNoted(stream));
    }
    source.feed(stream);
    return new ArrayList<>();
  }

  private void count(Progress now) {
    synchronized (monitor) {
      samples = now.samples();
    }
  }

  /** {@return the number of samples per channel that have been added so far; for any thread} */
  public long samples() {
    synchronized (monitor) {
      return samples;
    }
  }

  private void started(Encoder encoder) {
    synchronized (monitor) {
      running = encoder;
      if (canceled) {
        throw new CancellationException("encode(): the encoder of audio has been canceled");
      }
    }
  }

  /**
   * Ends {@link #encode} with a {@link CancellationException}, from any thread. Returns at once.
   */
  public void cancel() {
    Encoder encoder;
    synchronized (monitor) {
      canceled = true;
      encoder = running;
    }
    if (encoder != null) {
      encoder.cancel();
    }
  }
}
