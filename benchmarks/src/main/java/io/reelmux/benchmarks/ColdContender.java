package io.reelmux.benchmarks;

/** A program that is started for each measurement. */
enum ColdContender {
  REELMUX("Reelmux"),
  REELMUX_APPCDS("Reelmux, AppCDS archive"),
  REELMUX_AOT("Reelmux, AOT cache"),
  REELMUX_BEFORE("Reelmux, the earlier build"),
  JAVACV("JavaCV FFmpegFrameRecorder"),
  FFMPEG_COMMAND("ffmpeg command");

  private final String title;

  ColdContender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns the class of the program. */
  Class<?> program() {
    return this == JAVACV ? ColdJavaCv.class : ColdReelmux.class;
  }
}
