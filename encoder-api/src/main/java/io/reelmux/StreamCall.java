package io.reelmux;

import io.reelmux.spi.EncodingSession;
import java.io.IOException;

/**
 * A call that a stream makes to the session. Constants, so that the call of a frame allocates
 * nothing.
 *
 * @param name for messages
 * @param check runs before anything is touched
 * @param work what is done once the call has been found legal
 */
record StreamCall<T>(String name, Check<T> check, Work<T> work) {

  static final StreamCall<VideoFrame> ADD_FRAME =
      new StreamCall<>("addFrame()", EncodingSession::checkFrame, EncodingSession::addFrame);

  static final StreamCall<DeviceFrames> ADD_DEVICE_FRAMES =
      new StreamCall<>(
          "addFrames()", EncodingSession::checkDeviceFrames, EncodingSession::addDeviceFrames);

  static final StreamCall<AudioSamples> ADD_SAMPLES =
      new StreamCall<>("addSamples()", EncodingSession::checkSamples, EncodingSession::addSamples);

  static final StreamCall<StreamGate> END =
      new StreamCall<>(
          "end()", (session, stream, gate) -> {}, (session, stream, gate) -> session.end(stream));

  /** Refuses what does not fit. */
  @FunctionalInterface
  interface Check<T> {
    void run(EncodingSession session, int stream, T input);
  }

  /** Does the work. */
  @FunctionalInterface
  interface Work<T> {
    void run(EncodingSession session, int stream, T input) throws IOException;
  }
}
