package io.reelmux.spi;

/**
 * One of the streams of a {@link SessionRequest}.
 *
 * @param input the list that it is in
 * @param number its position there
 */
public record StreamId(Input input, int number) {

  /** A list of streams. */
  public enum Input {
    /** {@link SessionRequest#videos}. */
    VIDEO,
    /** {@link SessionRequest#audios}. */
    AUDIO,
    /** {@link SessionRequest#packets}. */
    PACKETS,
    /** {@link SessionRequest#subtitles}. */
    SUBTITLES
  }
}
