package io.reelmux.reader.ffmpeg.internal.av;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_free;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_dict_set;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Owns an AVDictionary: options by name. */
public final class Dictionary extends NativeOwner {

  /** The functions that change it also change the address that this object holds. */
  private final AVDictionary struct = new AVDictionary(null);

  /** Creates an empty dictionary. */
  public Dictionary() {}

  /** Sets an entry. */
  public void set(String key, String value) throws EncoderException {
    put(struct, key, value);
  }

  /** Sets an entry; JavaCPP would encode texts in the default charset. */
  static void put(AVDictionary dictionary, String key, String value) throws EncoderException {
    try (BytePointer keyBytes = new BytePointer(key, UTF_8);
        BytePointer valueBytes = new BytePointer(value, UTF_8)) {
      Av.check(av_dict_set(dictionary, keyBytes, valueBytes, 0), "store the option " + key);
    }
  }

  /** Returns a copy of the entries. */
  public Map<String, String> entries() {
    return entries(struct);
  }

  /** Returns a copy of the entries of a dictionary that belongs to another struct. */
  public static Map<String, String> entries(@Nullable AVDictionary dictionary) {
    Map<String, String> all = new LinkedHashMap<>();
    if (dictionary == null || dictionary.isNull()) {
      return all;
    }
    AVDictionaryEntry entry = null;
    while ((entry = av_dict_iterate(dictionary, entry)) != null && !entry.isNull()) {
      all.put(Av.string(entry.key()), Av.string(entry.value()));
    }
    return all;
  }

  /** Returns the struct, which is valid until this is closed. */
  public AVDictionary struct() {
    return struct;
  }

  @Override
  protected void free() {
    av_dict_free(struct);
  }
}
