package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_set;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** Builds the metadata of containers, streams and chapters. */
final class Metadata {

  private Metadata() {}

  /** Returns a dictionary of these entries, which the caller owns. */
  static AVDictionary of(Map<String, String> entries) throws EncoderException {
    AVDictionary dictionary = new AVDictionary(null);
    try {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        set(dictionary, entry.getKey(), entry.getValue());
      }
      return dictionary;
    } catch (EncoderException | RuntimeException | Error e) {
      av_dict_free(dictionary);
      throw e;
    }
  }

  /** JavaCPP would encode the texts in the default charset. */
  private static void set(AVDictionary dictionary, String key, String value)
      throws EncoderException {
    try (BytePointer keyBytes = utf8(key);
        BytePointer valueBytes = utf8(value)) {
      Av.check(
          av_dict_set(dictionary, keyBytes, valueBytes, 0), "store the metadata '" + key + "'");
    }
  }

  private static BytePointer utf8(String text) {
    return new BytePointer(text, UTF_8);
  }
}
