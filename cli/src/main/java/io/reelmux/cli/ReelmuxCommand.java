package io.reelmux.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand, and the options that all subcommands share. */
@Command(
    name = "reelmux",
    description = "Encodes, transcodes and describes video and audio files.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, or canceled; no unfinished file is left",
      "2:not understood, or refused before anything was written"
    })
final class ReelmuxCommand implements Callable<Integer> {

  /** When progress is shown. */
  enum ProgressMode {
    AUTO,
    ALWAYS,
    NEVER
  }

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--progress",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description =
          "when to show progress on standard error: auto (if it is a terminal), always or never"
              + " (default: auto)")
  private ProgressMode progress = ProgressMode.AUTO;

  ReelmuxCommand(Console console) {
    this.console = console;
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "print JSON on standard output: progress, and the result last")
  void setJson(boolean value) {
    console.setJson(value);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "print FFmpeg's messages, and stack traces of errors, on standard error")
  void setDebug(boolean value) {
    console.setDebug(value);
    if (value) {
      DebugLog.install(console);
    }
  }

  Console console() {
    return console;
  }

  /** Returns the display for the progress of a task. */
  ProgressDisplay progress(String task, Optional<Duration> total) {
    boolean shown =
        switch (progress) {
          case AUTO -> Console.isTerminal();
          case ALWAYS -> true;
          case NEVER -> false;
        };
    return new ProgressDisplay(console, task, total, shown, progress != ProgressMode.NEVER);
  }

  @Override
  public Integer call() {
    Objects.requireNonNull(spec).commandLine().usage(console.err());
    return Failures.USAGE;
  }
}
