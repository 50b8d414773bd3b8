package io.reelmux;

import java.nio.ByteBuffer;

/** Reads single values of the caller's samples. A double represents every type exactly. */
@FunctionalInterface
interface SampleSource {

  double get(int channel, int index);

  /** Values in a byte buffer, in its byte order. */
  static SampleSource of(SampleLayout layout, int channels, int count, ByteBuffer buffer) {
    int bytes = layout.type().bytes();
    int channelStep = layout.isPlanar() ? count * bytes : bytes;
    int indexStep = layout.isPlanar() ? bytes : channels * bytes;
    return switch (layout.type()) {
      case U8 -> (channel, index) -> buffer.get(channel * channelStep + index * indexStep) & 0xFF;
      case S16 -> (channel, index) -> buffer.getShort(channel * channelStep + index * indexStep);
      case S32 -> (channel, index) -> buffer.getInt(channel * channelStep + index * indexStep);
      case FLOAT -> (channel, index) -> buffer.getFloat(channel * channelStep + index * indexStep);
      case DOUBLE ->
          (channel, index) -> buffer.getDouble(channel * channelStep + index * indexStep);
    };
  }
}
