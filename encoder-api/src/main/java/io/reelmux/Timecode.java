package io.reelmux;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SMPTE timecode: the label of a frame, by hours, minutes, seconds and the number of the frame
 * within its second.
 *
 * <p>Labels count frames, not time: at 30000/1001 frames per second a second of labels has 30
 * frames, and the labels of a day last 86 s more than a day. Drop frame leaves out labels, not
 * frames, so that labels stay near the time: the first two of each minute (four at 60000/1001),
 * except in every tenth minute.
 *
 * @param hours 0 to 23
 * @param minutes 0 to 59
 * @param seconds 0 to 59
 * @param frames 0 to 99, and below the number of frames of a second
 * @param dropFrame whether labels are left out
 */
public record Timecode(int hours, int minutes, int seconds, int frames, boolean dropFrame)
    implements Serializable {

  /** The most frames of a second that two digits can number. */
  private static final int MAX_RATE = 100;

  private static final long NTSC = 1001;
  private static final Pattern FORM =
      Pattern.compile("(\\d\\d):([0-5]\\d):([0-5]\\d)([:;.])(\\d\\d)");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Timecode {
    Checks.inRange("hours", hours, 0, 23);
    Checks.inRange("minutes", minutes, 0, 59);
    Checks.inRange("seconds", seconds, 0, 59);
    Checks.inRange("frames", frames, 0, 99);
  }

  /**
   * Returns the timecode of a text.
   *
   * @param text {@code 01:00:00:00}; with a semicolon or a point before the frames, drop frame
   * @return the timecode
   * @throws IllegalArgumentException if the text has another form, or a value is out of range
   */
  public static Timecode of(String text) {
    Objects.requireNonNull(text, "timecode");
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(1)) > 23) {
      throw new IllegalArgumentException(
          "timecode '"
              + text
              + "': must have the form 01:00:00:00, or 01:00:00;00 for drop frame, up to 23:59:59");
    }
    return new Timecode(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)),
        Integer.parseInt(form.group(5)),
        !form.group(4).equals(":"));
  }

  /**
   * Checks that frames of a rate have such labels.
   *
   * @param rate of the frames
   * @throws IllegalArgumentException if they do not
   */
  public void check(FrameRate rate) {
    int perSecond = (int) Math.round(rate.toDouble());
    boolean ntsc = rate.numerator() * NTSC == perSecond * 1000L * rate.denominator();
    if (perSecond < 1 || perSecond > MAX_RATE || !(rate.denominator() == 1 || ntsc)) {
      throw refused(
          rate, "the rate must be whole, or 1000/1001 of a whole one, and at most " + MAX_RATE);
    }
    if (dropFrame && !(ntsc && (perSecond == 30 || perSecond == 60))) {
      throw refused(
          rate, "drop frame is for 30000/1001 and 60000/1001; write ':' before the frames");
    }
    if (frames >= perSecond) {
      throw refused(rate, "the frames of a second are 00 to " + (perSecond - 1));
    }
    int dropped = perSecond / 15;
    if (dropFrame && seconds == 0 && minutes % 10 != 0 && frames < dropped) {
      throw refused(
          rate,
          "drop frame leaves out the first "
              + dropped
              + " labels of this minute, which starts with "
              + new Timecode(hours, minutes, 0, dropped, true));
    }
  }

  private IllegalArgumentException refused(FrameRate rate, String rule) {
    return new IllegalArgumentException(
        "timecode " + this + " at " + rate + " frames per second: " + rule);
  }

  /** {@return the timecode as {@code 01:00:00:00}, or {@code 01:00:00;00} with drop frame} */
  @Override
  public String toString() {
    String separator = dropFrame ? ";" : ":";
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d%s%02d", hours, minutes, seconds, separator, frames);
  }
}
