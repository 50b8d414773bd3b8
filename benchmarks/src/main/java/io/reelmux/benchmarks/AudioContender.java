package io.reelmux.benchmarks;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/** A way to encode stereo samples as AAC. */
enum AudioContender {
  REELMUX("Reelmux, float[][]") {
    @Override
    void encode(float[][] chunk, int count, Path file) throws IOException {
      try (Encoder encoder = Encoder.create()) {
        AudioStream audio =
            encoder.addAudio(
                AudioOptions.builder(SAMPLE_RATE, chunk.length)
                    .codec("aac")
                    .bitRate(BIT_RATE)
                    .build());
        encoder.openFile(file);
        for (int i = 0; i < count; i++) {
          audio.addSamples(chunk);
        }
      }
    }
  },
  JAVACV("JavaCV FFmpegFrameRecorder, a FloatBuffer for each channel") {
    @Override
    void encode(float[][] chunk, int count, Path file) throws IOException {
      avutil.av_log_set_level(avutil.AV_LOG_ERROR);
      FloatBuffer left = FloatBuffer.wrap(chunk[0]);
      FloatBuffer right = FloatBuffer.wrap(chunk[1]);
      try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), chunk.length)) {
        recorder.setFormat("mp4");
        recorder.setAudioCodecName("aac");
        recorder.setSampleRate(SAMPLE_RATE);
        recorder.setAudioBitrate(BIT_RATE);
        recorder.start();
        for (int i = 0; i < count; i++) {
          recorder.recordSamples(SAMPLE_RATE, chunk.length, left, right);
        }
      }
    }
  },
  FFMPEG_COMMAND("ffmpeg command, 32-bit floating point in a file in memory") {
    @Override
    void encode(float[][] chunk, int count, Path file) {
      throw new IllegalStateException(this + " runs in a process of its own");
    }
  };

  static final int SAMPLE_RATE = 48_000;
  static final int BIT_RATE = 128_000;

  /** Samples that are added at once. */
  static final int CHUNK = 4800;

  private final String title;

  AudioContender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Encodes the chunk so many times. */
  abstract void encode(float[][] chunk, int count, Path file) throws IOException;

  /** Returns two channels of a tone with some noise, the same in every run. */
  static float[][] chunk() {
    SplittableRandom random = new SplittableRandom(7);
    float[][] chunk = new float[2][CHUNK];
    for (int channel = 0; channel < chunk.length; channel++) {
      double turn = 2 * Math.PI * (440 + 220 * channel) / SAMPLE_RATE;
      for (int i = 0; i < CHUNK; i++) {
        chunk[channel][i] = (float) (0.4 * Math.sin(turn * i) + 0.1 * (random.nextDouble() - 0.5));
      }
    }
    return chunk;
  }
}
