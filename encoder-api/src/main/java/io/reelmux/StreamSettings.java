package io.reelmux;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that the builders of video and audio options share. */
final class StreamSettings {
  @Nullable String codec;
  @Nullable Long bitRate;
  @Nullable String language;
  @Nullable String title;
  final Map<String, String> options = new LinkedHashMap<>();
  final Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);

  StreamSettings() {}

  StreamSettings(StreamSettings other) {
    codec = other.codec;
    bitRate = other.bitRate;
    language = other.language;
    title = other.title;
    options.putAll(other.options);
    dispositions.addAll(other.dispositions);
  }
}
