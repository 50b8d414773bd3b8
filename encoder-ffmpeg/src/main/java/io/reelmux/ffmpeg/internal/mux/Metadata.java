package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_set;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Builds the metadata of containers and streams. */
final class Metadata {

  private Metadata() {}

  /** Returns a dictionary of these entries, which the caller owns. */
  static AVDictionary of(Map<String, String> entries) throws EncoderException {
    AVDictionary dictionary = new AVDictionary(null);
    try {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        Av.check(
            av_dict_set(dictionary, entry.getKey(), entry.getValue(), 0),
            "store the metadata '" + entry.getKey() + "'");
      }
      return dictionary;
    } catch (EncoderException | RuntimeException | Error e) {
      av_dict_free(dictionary);
      throw e;
    }
  }
}
