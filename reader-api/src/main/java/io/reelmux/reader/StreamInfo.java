package io.reelmux.reader;

/** What a file says of one of its streams. */
public sealed interface StreamInfo permits VideoInfo, AudioInfo, OtherInfo {

  /** {@return what streams of every kind have} */
  StreamFacts facts();

  /** {@return the position in the file's list of streams, from 0} */
  default int index() {
    return facts().index();
  }

  /** {@return FFmpeg's name of the codec, such as {@code h264}} */
  default String codec() {
    return facts().codec();
  }
}
