package io.reelmux.reader.spi;

import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.VideoOutput;
import java.io.IOException;

/**
 * A file that has been opened. The reader follows these rules:
 *
 * <ul>
 *   <li>Calls of the session run one at a time, as do calls of one of its decoders and demuxers;
 *       different decoders and demuxers may be called concurrently.
 *   <li>{@code cancel} may be called at any time, even after {@code release}.
 *   <li>Decoders and demuxers are released before the session, and when no other call of theirs is
 *       running.
 * </ul>
 */
public interface MediaSession {

  /**
   * Returns what the headers say.
   *
   * @return the same object for every call
   */
  MediaInfo info();

  /**
   * Opens a decoder for a video stream.
   *
   * @param stream the position in {@link MediaInfo#streams}, of a video stream
   * @param output which frames are wanted; its frame rate is not the decoder's concern
   * @return the decoder, positioned before the first frame
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  VideoDecoder video(int stream, VideoOutput output) throws IOException;

  /**
   * Opens a decoder for an audio stream.
   *
   * @param stream the position in {@link MediaInfo#streams}, of an audio stream
   * @param output which samples are wanted
   * @return the decoder
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  AudioDecoder audio(int stream, AudioOutput output) throws IOException;

  /**
   * Opens a demuxer for the packets of streams.
   *
   * @param streams the positions in {@link MediaInfo#streams}, at least one
   * @return the demuxer, positioned at the start
   * @throws IOException if the library or the source fails
   */
  PacketDemuxer packets(int... streams) throws IOException;

  /**
   * From any thread: calls that are running and all later ones end with a {@link
   * java.util.concurrent.CancellationException} as soon as possible.
   */
  void cancel();

  /** Frees everything. Never throws; a second call does nothing. */
  void release();
}
