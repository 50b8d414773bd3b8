package io.reelmux.examples;

/** Owns something of FFmpeg's, and frees it without a failure. */
interface NativeOwner extends AutoCloseable {

  @Override
  void close();
}
