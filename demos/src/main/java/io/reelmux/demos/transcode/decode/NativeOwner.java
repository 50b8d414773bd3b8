package io.reelmux.demos.transcode.decode;

/** Owns an FFmpeg object, and frees it without throwing. */
public interface NativeOwner extends AutoCloseable {

  @Override
  void close();
}
