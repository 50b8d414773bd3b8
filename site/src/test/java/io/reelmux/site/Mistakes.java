package io.reelmux.site;

import io.reelmux.AlphaMode;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.SampleLayout;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Limits;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.Transcoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Mistakes that users make, each with the message that tells them. */
final class Mistakes {
  private static final VideoOptions SMALL = VideoOptions.of(320, 180, 30);

  private Mistakes() {}

  /** What a user does, which must throw. */
  interface Action {
    void run() throws Exception;
  }

  /** All of them. The folder has a file in.mp4. */
  static List<Action> all(Path folder) {
    return Stream.of(
            containers(folder),
            settings(),
            frames(),
            samples(),
            order(),
            outputs(folder),
            reading(folder))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Action> containers(Path folder) {
    return List.of(
        () -> open(SMALL.toBuilder().codec("h265x").build(), "mp4"),
        () -> open(SMALL.toBuilder().codec("libx262").build(), "mp4"),
        () -> open(SMALL.toBuilder().codec("aac").build(), "mp4"),
        () -> open(SMALL, "mp5"),
        () -> open(SMALL.toBuilder().codec("h264").build(), "webm"),
        () -> openStream(SMALL, "avi"),
        () -> openStream(SMALL.toBuilder().codec("libaom-av1").build(), "webm"),
        () -> file(folder.resolve("out")),
        () -> file(Path.of("no", "such", "folder", "out.mp4")),
        () -> file(Path.of("rtmp://example.org/live")),
        () -> file(Path.of("frame.png")),
        () -> file(Path.of("index.m3u8")),
        () -> Encoder.create().openFile(Path.of("out.mp4")));
  }

  private static List<Action> settings() {
    return List.of(
        () -> open(VideoOptions.of(321, 181, 30), "mp4"),
        () -> VideoOptions.of(0, 180, 30),
        () -> VideoOptions.of(320, 180, 0),
        () -> open(VideoOptions.of(8, 8, 30), "mp4"),
        () -> open(SMALL.toBuilder().option("tuen", "film").build(), "mp4"),
        () -> open(SMALL.toBuilder().option("tune", "filmm").build(), "mp4"),
        () -> open(SMALL.toBuilder().crf(60).build(), "mp4"),
        () -> open(SMALL.toBuilder().codec("mpeg4").crf(20).build(), "mp4"),
        () -> open(SMALL.toBuilder().preset("veryfastt").build(), "mp4"),
        () -> open(SMALL.toBuilder().codec("libvpx-vp9").preset("fast").build(), "webm"),
        () -> open(SMALL.toBuilder().codec("libopenh264").maxBFrames(2).build(), "mp4"),
        () -> open(SMALL.toBuilder().pixelFormat("yuv420p12").build(), "mp4"),
        () -> open(SMALL.toBuilder().alpha(AlphaMode.KEEP).build(), "mp4"),
        () -> open(SMALL.toBuilder().codec("mpeg4").quality(Quality.LOSSLESS).build(), "mp4"),
        () -> SMALL.toBuilder().crf(20).bitRate(1_000_000).build(),
        () -> SMALL.toBuilder().rateControl(RateControl.CONSTANT_BIT_RATE).build(),
        () -> open(SMALL.toBuilder().filter("croop=10:10").build(), "mp4"),
        () -> open(SMALL.toBuilder().filter("lut3d=file=a.cube").build(), "mp4"),
        () -> open(SMALL.toBuilder().device(Device.cuda(0)).build(), "mp4"),
        () -> open(VideoOptions.of(320, 180, 60), "gif"),
        () -> SMALL.toBuilder().language("de"));
  }

  private static List<Action> frames() {
    return List.of(
        () -> video(video -> video.addFrame(rgb(160, 90))),
        () -> VideoFrame.of(PixelLayout.RGB24, 320, 180, new byte[100]),
        () -> VideoFrames.planarRgb(320, 180, new byte[200_000]),
        () -> video(video -> video.addFrame(rgb(320, 180).withPts(Duration.ZERO))),
        () ->
            timed(
                video -> {
                  video.addFrame(rgb(320, 180).withPts(Duration.ofSeconds(1)));
                  video.addFrame(rgb(320, 180).withPts(Duration.ofSeconds(1)));
                }),
        () -> rgb(320, 180).withPts(Duration.ofSeconds(1_790_000_000)),
        () -> video(video -> video.setBitRate(100_000)));
  }

  private static List<Action> samples() {
    return List.of(
        () -> audio(audio -> audio.addSamples(new float[1][480])),
        () -> audio(audio -> audio.addSamples(new float[][] {{Float.NaN}, {0}})),
        () -> AudioSamples.of(SampleLayout.S16_INTERLEAVED, 2, new byte[7]));
  }

  private static List<Action> order() {
    return List.of(
        () -> Encoder.create().addVideo(SMALL).addFrame(rgb(320, 180)),
        () -> twice(),
        () -> afterFinish(),
        () -> streamAfterOpen());
  }

  private static List<Action> outputs(Path folder) {
    return List.of(
        () -> outputs(Output.file(folder.resolve("a.mp4")), Output.file(folder.resolve("a.mp4"))),
        () -> written(folder.resolve("b.mp4")),
        () -> read(folder, file -> file(folder.resolve("in.mp4"))),
        () ->
            outputs(
                Output.stream(new ByteArrayOutputStream(), "mov")
                    .container(ContainerMode.FAST_START)),
        () ->
            outputs(
                Output.segments(
                    SegmentStore.directory(folder), SegmentOptions.hls(Duration.ofMillis(10)))));
  }

  private static List<Action> reading(Path folder) {
    return List.of(
        () -> MediaReader.open(Path.of("missing.mp4")),
        () -> MediaReader.open(ByteSource.of(ByteBuffer.allocate(5000))),
        () -> MediaReader.open(ByteSource.of(ByteBuffer.wrap(withoutIndex()))),
        () -> MediaReader.open(ByteSource.of(ByteBuffer.allocate(0))),
        () -> MediaReader.open(Path.of("http://example.org/in.mp4")),
        () -> read(folder, file -> file.video().frame(5000)),
        () -> read(folder, file -> file.video().frame(-1)),
        () -> read(folder, file -> file.video().frameShownAt(Duration.ofHours(1))),
        () -> limited(folder),
        () -> streaming(),
        () -> closed(folder),
        () -> Transcoder.of(folder.resolve("in.mp4")).toFile(folder.resolve("in.mp4")),
        () -> Transcoder.of(folder.resolve("in.mp4")).toFile(folder.resolve("out.mp3")),
        () ->
            Transcoder.of(folder.resolve("in.mp4"))
                .copyVideo()
                .copyAudio()
                .toFile(folder.resolve("out.webm")));
  }

  /** An MP4 of which only the start is there: its type, and the beginning of the data. */
  private static byte[] withoutIndex() {
    return "\0\0\0\020ftypisom\0\0\0\0\0\020\0\0mdat".getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void open(VideoOptions options, String container) throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(options);
    encoder.openFileLike(new ByteArrayOutput(), container);
  }

  private static void openStream(VideoOptions options, String container) throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(options);
    encoder.openFileLike(OutputStream.nullOutputStream(), container);
  }

  private static void file(Path path) throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(SMALL);
    encoder.openFile(path);
  }

  private static void outputs(Output first, Output... others) throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(SMALL);
    encoder.open(first, others);
  }

  private static void written(Path path) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(SMALL);
      encoder.openFile(path);
      video.addFrame(rgb(320, 180));
      file(path);
    }
  }

  private interface Use<T> {
    void with(T object) throws Exception;
  }

  private static void video(Use<VideoStream> use) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(SMALL);
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      use.with(video);
    }
  }

  private static void timed(Use<VideoStream> use) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(SMALL.toBuilder().variableFrameRate(true).build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      use.with(video);
    }
  }

  private static void audio(Use<AudioStream> use) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
      encoder.openFileLike(new ByteArrayOutput(), "m4a");
      use.with(audio);
    }
  }

  private static void read(Path folder, Use<MediaReader> use) throws Exception {
    try (MediaReader file = MediaReader.open(folder.resolve("in.mp4"))) {
      use.with(file);
    }
  }

  private static void limited(Path folder) throws Exception {
    Limits limits = Limits.DEFAULT.maxPixels(1000);
    try (MediaReader file = MediaReader.builder().limits(limits).open(folder.resolve("in.mp4"))) {
      file.video().frame(0);
    }
  }

  private static void streaming() throws Exception {
    ByteArrayOutput ts = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(SMALL);
      encoder.openFileLike(ts, "mpegts");
      for (int n = 0; n < 30; n++) {
        video.addFrame(rgb(320, 180));
      }
    }
    try (MediaReader file =
        MediaReader.open(ByteSource.streaming(new ByteArrayInputStream(ts.toByteArray())))) {
      file.video().frame(5);
    }
  }

  private static void closed(Path folder) throws Exception {
    MediaReader file = MediaReader.open(folder.resolve("in.mp4"));
    file.close();
    file.video();
  }

  private static void twice() throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(SMALL);
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
  }

  private static void afterFinish() throws Exception {
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(SMALL);
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    video.addFrame(rgb(320, 180));
    encoder.finish();
    video.addFrame(rgb(320, 180));
  }

  private static void streamAfterOpen() throws Exception {
    Encoder encoder = Encoder.create();
    encoder.addVideo(SMALL);
    encoder.openFileLike(new ByteArrayOutput(), "mp4");
    encoder.addAudio(AudioOptions.of(48_000, 2));
  }

  private static VideoFrame rgb(int width, int height) {
    return VideoFrame.of(PixelLayout.RGB24, width, height, new byte[3 * width * height]);
  }
}
