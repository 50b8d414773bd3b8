package io.reelmux.ffmpeg.internal.subtitle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ASS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MOV_TEXT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_SUBRIP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBVTT;

import io.reelmux.ffmpeg.internal.container.Container;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which containers hold text. */
enum SubtitleFormat {
  /** 3GPP timed text, in MP4 and MOV: one sample after the other, each with its length. */
  MOV_TEXT("mov_text", AV_CODEC_ID_MOV_TEXT) {
    @Override
    byte[] header() {
      byte[] font = "Arial".getBytes(UTF_8);
      ByteBuffer box = ByteBuffer.allocate(30 + 13 + font.length);
      box.putInt(0).put((byte) 1).put((byte) -1).putInt(0);
      box.putLong(0);
      box.putInt(0).putShort((short) 1).put((byte) 0).put((byte) 16).putInt(-1);
      box.putInt(13 + font.length).put("ftab".getBytes(UTF_8));
      box.putShort((short) 1).putShort((short) 1).put((byte) font.length).put(font);
      return box.array();
    }

    @Override
    byte[] payload(String text, long number) {
      byte[] bytes = text.getBytes(UTF_8);
      ByteArrayOutputStream sample = new ByteArrayOutputStream();
      sample.write(bytes.length >> 8);
      sample.write(bytes.length);
      sample.writeBytes(bytes);
      return sample.toByteArray();
    }

    @Override
    int ticksPerSecond() {
      return 90_000;
    }

    @Override
    boolean overlaps() {
      return false;
    }
  },

  /** WebVTT, in WebM and Matroska, and as a file. */
  WEBVTT("webvtt", AV_CODEC_ID_WEBVTT) {
    @Override
    byte[] payload(String text, long number) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").getBytes(UTF_8);
    }
  },

  /** SubRip, in Matroska and as a file. */
  SUBRIP("subrip", AV_CODEC_ID_SUBRIP) {
    /** What players interpret; there is no way to escape it. */
    private final Pattern markup = Pattern.compile("</?[A-Za-z]|\\{\\\\|\\\\[Nnh]|-->");

    @Override
    Optional<String> markup(String text) {
      return find(markup, text);
    }
  },

  /** Advanced SubStation Alpha, in Matroska and as a file. */
  ASS("ass", AV_CODEC_ID_ASS) {
    private final Pattern markup = Pattern.compile("[{}\\\\]");

    @Override
    byte[] header() {
      return String.join(
              "\r\n",
              "[Script Info]",
              "ScriptType: v4.00+",
              "PlayResX: 384",
              "PlayResY: 288",
              "ScaledBorderAndShadow: yes",
              "",
              "[V4+ Styles]",
              "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour,"
                  + " BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing,"
                  + " Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV,"
                  + " Encoding",
              "Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,"
                  + "10,1",
              "",
              "[Events]",
              "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
              "")
          .getBytes(UTF_8);
    }

    @Override
    byte[] payload(String text, long number) {
      return (number + ",0,Default,,0,0,0,," + text.replace("\n", "\\N")).getBytes(UTF_8);
    }

    @Override
    Optional<String> markup(String text) {
      return find(markup, text);
    }
  };

  private final String codec;
  private final int codecId;

  SubtitleFormat(String codec, int codecId) {
    this.codec = codec;
    this.codecId = codecId;
  }

  /**
   * Chooses the format of a stream.
   *
   * @throws IllegalArgumentException if the container does not hold it
   */
  static SubtitleFormat choose(Optional<String> wanted, Container container) {
    List<String> held = container.textSubtitles();
    if (held.isEmpty()) {
      throw new IllegalArgumentException(
          "container "
              + container
              + " does not hold text subtitles; these do: "
              + String.join(", ", Container.usualWithTextSubtitles()));
    }
    String name = wanted.orElse(held.get(0));
    if (!held.contains(name)) {
      throw new IllegalArgumentException(
          "container "
              + container
              + " does not hold subtitles as '"
              + name
              + "', but as "
              + String.join(", ", held));
    }
    return Arrays.stream(values())
        .filter(format -> format.codec.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name));
  }

  String codec() {
    return codec;
  }

  int codecId() {
    return codecId;
  }

  /** What the container stores once. */
  byte[] header() {
    return new byte[0];
  }

  /**
   * What a packet holds.
   *
   * @param text with lines separated by line feeds
   * @param number of the cue, from 0
   */
  byte[] payload(String text, long number) {
    return text.getBytes(UTF_8);
  }

  /** Unit of the packets' times: a multiple of 1000. */
  int ticksPerSecond() {
    return 1000;
  }

  /** Whether several cues may be shown at once. */
  boolean overlaps() {
    return true;
  }

  /** What players would interpret in a text instead of showing it, and cannot be escaped. */
  Optional<String> markup(String text) {
    return Optional.empty();
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }
}
