package io.reelmux.ffmpeg.rate;

import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Writes the table of docs/rate.md into the file that a property names. */
@EnabledIfSystemProperty(named = "reelmux.rateTable", matches = ".+")
class RateTableTest {
  private static final int SECONDS = 20;
  private static final int BIT_RATE = 200_000;

  private static final List<String> MPEG_FAMILY =
      List.of("mpeg1video", "flv", "h263p", "msmpeg4", "wmv2", "rv20");

  @Test
  void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| encoder | variable | its worst second | constant | its worst second |");
    lines.add("| --- | --: | --: | --: | --: |");
    for (String codec : Stream.concat(Clip.encoders(), MPEG_FAMILY.stream()).toList()) {
      lines.add(
          "| "
              + codec
              + row(codec, RateControl.VARIABLE_BIT_RATE)
              + row(codec, RateControl.CONSTANT_BIT_RATE)
              + " |");
    }
    Files.write(Path.of(System.getProperty("reelmux.rateTable")), lines);
  }

  private static String row(String codec, RateControl mode) throws IOException {
    VideoOptions options = Clip.options(codec).rateControl(mode).bitRate(BIT_RATE).build();
    Clip.Encoded clip = Clip.encode(options, SECONDS * Clip.RATE);
    double worst = 0;
    // the first seconds are the start of the rate control
    for (int second = 2; second < SECONDS; second++) {
      worst = Math.max(worst, clip.bitRate(second * Clip.RATE, (second + 1) * Clip.RATE));
    }
    return percent(clip.bitRate(0, SECONDS * Clip.RATE)) + percent(worst);
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, " | %.1f %%", 100 * rate / BIT_RATE);
  }
}
