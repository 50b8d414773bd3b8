package io.reelmux.reader.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_mallocz;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Owns an array of dictionaries with the same entries: one for each stream of a file. */
public final class Dictionaries extends NativeOwner {
  private final PointerPointer<AVDictionary> array;
  private final int count;

  private Dictionaries(PointerPointer<AVDictionary> array, int count) {
    this.array = array;
    this.count = count;
  }

  /** Returns as many dictionaries, at least one. */
  public static Dictionaries of(int count, Map<String, String> entries) throws EncoderException {
    long bytes = (long) Math.max(1, count) * Long.BYTES;
    Pointer memory = Av.allocated(av_mallocz(bytes), "allocate the options of streams");
    Dictionaries all = new Dictionaries(new PointerPointer<>(memory), count);
    try {
      for (int i = 0; i < count; i++) {
        AVDictionary one = new AVDictionary(null);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
          try {
            Dictionary.put(one, entry.getKey(), entry.getValue());
          } finally {
            all.array.put(i, one);
          }
        }
      }
      return all;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, all);
      throw e;
    }
  }

  /** Returns the array, which is valid until this is closed. */
  public PointerPointer<AVDictionary> struct() {
    return array;
  }

  @Override
  protected void free() {
    for (int i = 0; i < count; i++) {
      // FFmpeg may have removed entries, and moved the dictionary
      Pointer one = array.get(i);
      if (one != null) {
        av_dict_free(new AVDictionary(one));
      }
    }
    av_free(array);
  }
}
