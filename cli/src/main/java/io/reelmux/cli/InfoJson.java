package io.reelmux.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.reelmux.ColorSpec;
import io.reelmux.HdrMetadata;
import io.reelmux.reader.AudioInfo;
import io.reelmux.reader.Chapter;
import io.reelmux.reader.MediaInfo;
import io.reelmux.reader.OtherInfo;
import io.reelmux.reader.StreamFacts;
import io.reelmux.reader.StreamInfo;
import io.reelmux.reader.VideoInfo;
import java.util.Map;

/** What a file's headers say, for programs. */
final class InfoJson {
  private final MediaInfo info;
  private final Map<Integer, Long> counts;

  InfoJson(MediaInfo info, Map<Integer, Long> counts) {
    this.info = info;
    this.counts = counts;
  }

  JsonObject of(String file, long bytes) {
    return new Json()
        .put("file", file)
        .put("bytes", bytes)
        .put("container", info.container())
        .seconds("seconds", info.duration())
        .seconds("start", info.start())
        .put("tags", info.tags())
        .put("chapters", Json.array(info.chapters(), InfoJson::chapter))
        .put("streams", Json.array(info.streams(), this::stream))
        .object();
  }

  private static JsonObject chapter(Chapter chapter) {
    return new Json()
        .put("start", chapter.start())
        .put("end", chapter.end())
        .put("title", chapter.title())
        .object();
  }

  private JsonObject stream(StreamInfo stream) {
    Json json = new Json().put("index", stream.index());
    if (stream instanceof VideoInfo video) {
      video(json.put("kind", "video"), video);
    } else if (stream instanceof AudioInfo audio) {
      audio(json.put("kind", "audio"), audio);
    } else if (stream instanceof OtherInfo other) {
      json.put("kind", other.kind()).put("codec", other.codec());
    }
    return facts(json, stream.facts());
  }

  private void video(Json json, VideoInfo video) {
    json.put("codec", video.codec())
        .put("width", video.width())
        .put("height", video.height())
        .put("codedWidth", video.codedWidth())
        .put("codedHeight", video.codedHeight())
        .put("sampleAspectRatio", video.sampleAspectRatio().toString())
        .put("rotation", video.rotation())
        .put("flipped", video.flipped())
        .put("pixelFormat", video.pixelFormat())
        .put("bitDepth", video.bitDepth())
        .put("alpha", video.alpha())
        .put("color", color(video.color()))
        .put("colorGuessed", video.colorGuessed())
        .put("fieldOrder", video.fieldOrder().name());
    video.hdr().ifPresent(hdr -> json.put("hdr", hdr(hdr)));
    video
        .frameRate()
        .ifPresent(
            rate ->
                json.put("frameRate", rate.toString())
                    .put("frameRateEstimated", video.frameRateEstimated()));
    json.put("framesInHeader", video.framesInHeader());
    Long exact = counts.get(video.index());
    if (exact != null) {
      json.put("frames", exact);
    }
  }

  private static JsonObject color(ColorSpec color) {
    return new Json()
        .put("matrix", color.matrix().name())
        .put("range", color.range().name())
        .put("primaries", color.primaries().name())
        .put("transfer", color.transfer().name())
        .object();
  }

  private static JsonObject hdr(HdrMetadata hdr) {
    Json json =
        new Json()
            .put("minLuminance", hdr.minLuminance())
            .put("maxLuminance", hdr.maxLuminance())
            .put("red", point(hdr.primaries().red()))
            .put("green", point(hdr.primaries().green()))
            .put("blue", point(hdr.primaries().blue()))
            .put("white", point(hdr.whitePoint()));
    hdr.maxContentLightLevel().ifPresent(level -> json.put("maxContentLightLevel", level));
    hdr.maxFrameAverageLightLevel()
        .ifPresent(level -> json.put("maxFrameAverageLightLevel", level));
    return json.object();
  }

  private static JsonArray point(HdrMetadata.Chromaticity point) {
    JsonArray array = new JsonArray();
    array.add(point.x());
    array.add(point.y());
    return array;
  }

  private static void audio(Json json, AudioInfo audio) {
    json.put("codec", audio.codec())
        .put("sampleRate", audio.sampleRate())
        .put("channels", audio.channels())
        .put("channelLayout", audio.channelLayout().toString())
        .put("layout", audio.layout().name())
        .put("bitDepth", audio.bitDepth())
        .put("priming", audio.priming());
  }

  private static JsonObject facts(Json json, StreamFacts facts) {
    return json.put("timeBase", facts.timeBase().numerator() + "/" + facts.timeBase().denominator())
        .seconds("start", facts.start())
        .seconds("seconds", facts.duration())
        .put("bitRate", facts.bitRate())
        .put("language", facts.language())
        .put("title", facts.title())
        .put("dispositions", Json.texts(facts.dispositions().stream().sorted().toList()))
        .put("tags", facts.tags())
        .put("unsupported", facts.unsupported())
        .object();
  }
}
