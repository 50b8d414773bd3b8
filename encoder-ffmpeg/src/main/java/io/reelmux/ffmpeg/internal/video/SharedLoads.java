package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The loaders of several streams that encode the same frames: a frame is read once for all streams
 * that load it in the same way. Used by one thread at a time.
 */
public final class SharedLoads {
  private final Map<Object, Shared> loaders = new HashMap<>();

  /** Nothing is loaded yet. */
  public SharedLoads() {}

  /** The frame that was loaded last has been encoded by all streams. */
  public void done() {
    loaders.values().forEach(Shared::forget);
  }

  /** Returns the loader for a way of loading; closed when all who got it have closed it. */
  FrameLoader get(Object way, ThrowingSupplier<FrameLoader, EncoderException> create)
      throws EncoderException {
    Shared shared = loaders.get(way);
    if (shared == null) {
      shared = new Shared(way, create.get());
      loaders.put(way, shared);
    }
    shared.users++;
    return shared;
  }

  private final class Shared implements FrameLoader {
    private final Object way;
    private final FrameLoader loader;
    private int users;
    private @Nullable VideoFrame latest;
    private @Nullable AVFrame loaded;

    Shared(Object way, FrameLoader loader) {
      this.way = way;
      this.loader = loader;
    }

    @Override
    public AVFrame load(VideoFrame frame) throws EncoderException {
      AVFrame known = loaded;
      if (known == null || frame != latest) {
        known = loader.load(frame);
        loaded = known;
        latest = frame;
      }
      return known;
    }

    void forget() {
      latest = null;
      loaded = null;
    }

    @Override
    public int format() {
      return loader.format();
    }

    @Override
    public void close() {
      users--;
      if (users == 0) {
        loaders.remove(way);
        loader.close();
      }
    }
  }
}
