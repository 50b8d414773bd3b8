package io.reelmux.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.LiveFragments;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.cut.AudioResult;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The names that blocks of code in the documentation use without declaring them: what a program has
 * before it calls Reelmux. Blocks that are run find values; those that are only compiled may also
 * use the names that have none.
 */
@SuppressWarnings({"unused", "NullAway"})
abstract class Surroundings {
  // With values.
  final int width = 320;
  final int height = 180;
  final List<BufferedImage> images = IntStream.range(0, 30).mapToObj(Surroundings::draw).toList();
  final List<float[][]> samples = IntStream.range(0, 30).mapToObj(Surroundings::tone).toList();
  final byte[] tensor = new byte[30 * 3 * width * height];
  final OutputStream connection = new ByteArrayOutputStream();

  // Without.
  Encoder encoder;
  VideoStream video;
  AudioStream audio;
  MediaReader file;
  VideoReader reader;
  CutPlan plan;
  List<ChunkResult> results;
  AudioResult audioResult;
  Flow.Publisher<VideoFrame> publisher;
  Duration start;
  HttpServer server;
  HttpExchange exchange;
  LiveFragments live;
  String name;
  String query;
  long devicePointer;
  int count;
  long pitch;
  long cudaStream;
  AVFrame avFrame;

  /** The n-th frame of a video: a square that moves. */
  static BufferedImage draw(int n) {
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setPaint(Color.ORANGE);
    g.fillRect(4 * n % 280, 70, 40, 40);
    g.dispose();
    return image;
  }

  /** The samples of the n-th 30th of a second of a stereo tone. */
  static float[][] tone(int n) {
    float[][] samples = new float[2][1600];
    for (int i = 0; i < 1600; i++) {
      float value = (float) (0.3 * Math.sin(2 * Math.PI * 440 * (1600L * n + i) / 48_000));
      samples[0][i] = value;
      samples[1][i] = value;
    }
    return samples;
  }

  /** What a program does with what it has read. */
  static void process(Object value) {}

  void run(String[] args) throws Exception {}
}
