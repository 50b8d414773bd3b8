package io.reelmux.cut;

import io.reelmux.VideoOptions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The settings of a video as text, so that those of two chunks can be compared and named. */
final class Settings {
  private final Map<String, String> all = new TreeMap<>();

  private Settings() {}

  /** Returns what is set, by the names of the settings. */
  static Map<String, String> of(VideoOptions video) {
    Settings settings = new Settings();
    settings.addFrames(video);
    settings.addRate(video);
    settings.addEncoder(video);
    settings.addDescription(video);
    return settings.all;
  }

  private void addFrames(VideoOptions video) {
    put("width", video.width());
    put("height", video.height());
    put("frameRate", video.frameRate());
    put("outputWidth", video.outputWidth());
    put("outputHeight", video.outputHeight());
    put("fit", video.fit());
    put("filter", video.filter());
    put("alpha", video.alpha());
    put("background", video.background());
    put("pixelFormat", video.pixelFormat());
    put("bitDepth", video.bitDepth());
    put("preferredBitDepth", video.preferredBitDepth());
    put("color", video.color());
    put("fieldOrder", video.fieldOrder());
    put("variableFrameRate", video.variableFrameRate());
  }

  private void addRate(VideoOptions video) {
    put("crf", video.crf());
    put("quality", video.quality());
    put("qp", video.qp());
    put("bitRate", video.bitRate());
    put("maxBitRate", video.maxBitRate());
    put("bufferSize", video.bufferSize());
    put("rateControl", video.rateControl());
  }

  private void addEncoder(VideoOptions video) {
    put("codec", video.codec());
    put("device", video.device());
    put("fallbackToCpu", video.fallbackToCpu());
    put("preset", video.preset());
    put("speed", video.speed());
    put("profile", video.profile());
    put("gop", video.gop());
    put("keyInterval", video.keyInterval());
    put("keyFramesEvery", video.keyFramesEvery());
    put("extraKeyFrames", video.extraKeyFrames());
    put("openGop", video.openGop());
    put("partFrom", video.partFrom());
    put("partFrames", video.partFrames());
    put("lowLatency", video.lowLatency());
    put("maxBFrames", video.maxBFrames());
    put("threads", video.threads());
    put("options", new TreeMap<>(video.options()));
  }

  private void addDescription(VideoOptions video) {
    put("rotation", video.rotation());
    put("flipHorizontal", video.flipHorizontal());
    put("flipVertical", video.flipVertical());
    put("sampleAspectRatio", video.sampleAspectRatio());
    put("hdr", video.hdr());
    put("timecode", video.timecode());
    put("language", video.language());
    put("title", video.title());
    put("metadata", video.metadata());
    put("dispositions", video.dispositions().stream().sorted().toList());
  }

  private void put(String name, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> put(name, present));
    } else if (value instanceof OptionalInt optional) {
      optional.ifPresent(present -> put(name, present));
    } else if (value instanceof OptionalLong optional) {
      optional.ifPresent(present -> put(name, present));
    } else if (value instanceof OptionalDouble optional) {
      optional.ifPresent(present -> put(name, present));
    } else {
      all.put(name, value.toString());
    }
  }
}
