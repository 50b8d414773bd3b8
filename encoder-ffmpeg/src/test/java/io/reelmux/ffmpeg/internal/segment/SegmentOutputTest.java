package io.reelmux.ffmpeg.internal.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.LiveFragments;
import io.reelmux.LiveStore;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.Rendition;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentInfo;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments and fragments as outputs of an encoder. */
@Timeout(120)
class SegmentOutputTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int FRAMES = 100;

  @TempDir Path directory;

  private static EncodingResult encode(Consumer<VideoOptions.Builder> settings, Output... outputs)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoOptions.Builder options = ClipFeed.options();
      settings.accept(options);
      ClipFeed feed = ClipFeed.addTo(encoder, options.build());
      Output[] more = List.of(outputs).subList(1, outputs.length).toArray(Output[]::new);
      encoder.open(outputs[0], more);
      feed(feed.video(), feed.audio());
      return encoder.finish();
    }
  }

  private static void feed(VideoStream video, AudioStream audio) throws IOException {
    ClipFeed feed = new ClipFeed(video, audio);
    for (int i = 0; i < FRAMES; i++) {
      feed.add(i);
    }
  }

  @Test
  void segments_withoutKeyFrameSettings_areOfTheirLength() throws IOException {
    MemoryStore store = new MemoryStore();

    EncodingResult result =
        encode(options -> {}, Output.segments(store, SegmentOptions.hlsAndDash(SECOND)));

    assertThat(result.notes()).isEmpty();
    assertThat(store.names())
        .contains("main.m3u8", "manifest.mpd", "video0-3.m4s", "audio0-3.m4s")
        .doesNotContain("video0-4.m4s");
    assertThat(result.bytes()).isPositive();
    assertThat(result.outputs().get(0).files()).containsExactlyInAnyOrderElementsOf(store.names());
  }

  private static EncodingResult encodeWithMetadata(Output output) throws IOException {
    Encoder.Builder builder =
        Encoder.builder()
            .metadata("title", "A title")
            .creationTime(Instant.parse("2026-01-02T03:04:05Z"))
            .chapter(Duration.ZERO, "First");
    try (Encoder encoder = builder.build()) {
      ClipFeed feed = ClipFeed.addTo(encoder, ClipFeed.options().build());
      encoder.open(output);
      feed(feed.video(), feed.audio());
      return encoder.finish();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentFormat.class,
      names = {"MP4", "MATROSKA"})
  @RequiresFfmpegCli
  void rotatingFiles_withMetadata_haveItEach(SegmentFormat format) throws Exception {
    SegmentOptions options = SegmentOptions.rotating(1L << 30, SECOND).format(format);

    EncodingResult result =
        encodeWithMetadata(Output.segments(SegmentStore.directory(directory), options));

    assertThat(result.notes())
        .anyMatch(note -> note.contains("chapters are not stored"))
        .noneMatch(note -> note.contains("title") || note.contains("creationTime"));
    assertThat(result.outputs().get(0).files()).hasSizeGreaterThan(2);
    for (String file : result.outputs().get(0).files()) {
      assertThat(FfmpegCli.ffprobe(directory.resolve(file), "-show_entries", "format_tags"))
          .as(file)
          .anyMatch(line -> line.contains("A title") && line.contains("2026-01-02T03:04:05"));
    }
  }

  /** Fragments state how long a frame is decoded, which with B-frames is something else. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  @RequiresFfmpegCli
  void rotatingFiles_ofVariableFrameRate_lastUntilTheNextOneBegins(int maxBFrames)
      throws Exception {
    long[] millis = {0, 1000, 2000, 3500, 4000, 6500, 7000, 8000};
    Set<Long> keys = Set.of(0L, 4000L, 6500L);
    SegmentOptions options =
        SegmentOptions.rotating(1L << 30, Duration.ofSeconds(2)).format(SegmentFormat.MP4);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, 25)
                  .variableFrameRate(true)
                  .maxBFrames(maxBFrames)
                  .gop(100)
                  .build());
      encoder.open(Output.segments(SegmentStore.directory(directory), options));
      for (int i = 0; i < millis.length; i++) {
        VideoFrame frame = EncodedClip.frame(i).withPts(Duration.ofMillis(millis[i]));
        video.addFrame(keys.contains(millis[i]) ? frame.withKeyFrame() : frame);
      }
      video.end(Duration.ofMillis(9250));
      result = encoder.finish();
    }

    assertThat(result.notes()).isEmpty();
    List<Double> seconds = new ArrayList<>();
    for (String file : result.outputs().get(0).files()) {
      String text =
          FfmpegCli.ffprobe(directory.resolve(file), "-show_entries", "format=duration").get(0);
      seconds.add(Math.round(1000 * Double.parseDouble(text)) / 1000.0);
    }
    assertThat(seconds).containsExactly(4.0, 2.5, 2.75);
  }

  @Test
  void segmentsAndFragments_withMetadata_noteThatItIsNotStored() throws IOException {
    List<Output> outputs =
        List.of(
            Output.segments(new MemoryStore(), SegmentOptions.hls(SECOND)),
            Output.fragments(new LiveFragments(), SECOND));

    for (Output output : outputs) {
      assertThat(encodeWithMetadata(output).notes())
          .as(output.name())
          .anyMatch(
              note ->
                  note.contains("not stored: metadata title, creationTime, the chapters; ")
                      && note.contains(" have no place for it"));
    }
  }

  /** Its default formatter writes other digits. */
  @Test
  void segments_inAnotherLocale_areTheSame() throws IOException {
    Locale before = Locale.getDefault();
    MemoryStore expected = new MemoryStore();
    MemoryStore store = new MemoryStore();
    encode(options -> {}, Output.segments(expected, SegmentOptions.hlsAndDash(SECOND)));

    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      encode(options -> {}, Output.segments(store, SegmentOptions.hlsAndDash(SECOND)));
    } finally {
      Locale.setDefault(before);
    }

    assertThat(store.names()).isEqualTo(expected.names());
    for (String name : List.of("main.m3u8", "video0.m3u8", "audio0.m3u8", "manifest.mpd")) {
      assertThat(text(store, name)).as(name).isEqualTo(text(expected, name));
    }
  }

  static Stream<SegmentOptions> playlists() {
    return Stream.of(
        SegmentOptions.hlsAndDash(SECOND),
        SegmentOptions.hls(SECOND).event(),
        SegmentOptions.hls(SECOND).live(3),
        SegmentOptions.hls(SECOND).format(SegmentFormat.MPEG_TS),
        SegmentOptions.dash(SECOND),
        SegmentOptions.plain(SECOND));
  }

  @ParameterizedTest
  @MethodSource("playlists")
  void segments_keyFramesTooRare_notedAndAnnounced(SegmentOptions segments) throws IOException {
    MemoryStore store = new MemoryStore();

    EncodingResult result = encode(options -> options.gop(45), Output.segments(store, segments));

    assertThat(result.notes())
        .anySatisfy(
            note -> assertThat(note).contains("segment 0 of", "lasts 1.8", "keyFramesEvery"));
    for (String name : store.names()) {
      if (name.endsWith("0.m3u8") || name.equals("media.m3u8")) {
        assertThat(text(store, name)).as(name).contains("#EXT-X-TARGETDURATION:2\n");
      }
    }
  }

  private static String text(MemoryStore store, String name) {
    return UTF_8.decode(store.get(name).orElseThrow()).toString();
  }

  @Test
  void attach_segmentsWithoutKeyFrames_noted() throws IOException {
    MemoryStore store = new MemoryStore();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.of(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(Output.file(directory.resolve("all.mp4")));
      encoder.attach(Output.segments(store, SegmentOptions.hls(SECOND)));
      feed(video, audio);

      assertThat(encoder.finish().notes().toString()).contains("longer than the 1 seconds");
    }
  }

  @Test
  void rotating_withoutKeyFrameSettings_filesAreOfTheirLength() throws IOException {
    MemoryStore store = new MemoryStore();

    encode(options -> {}, Output.segments(store, SegmentOptions.rotating(1 << 30, SECOND)));

    assertThat(store.names())
        .containsExactly("file-0.mp4", "file-1.mp4", "file-2.mp4", "file-3.mp4");
  }

  @Test
  void rotating_bySize_aFileEndsWithinTwoSeconds() throws IOException {
    MemoryStore store = new MemoryStore();

    encode(options -> {}, Output.segments(store, SegmentOptions.rotating(1, Duration.ofHours(1))));

    assertThat(store.names()).containsExactly("file-0.mp4", "file-1.mp4");
  }

  /** Six seconds, of which 1.6 have audio. */
  @Test
  void rotating_audioEndsEarlier_filesWithoutItAreNoted() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      ClipFeed feed = ClipFeed.addTo(encoder, ClipFeed.options().build());
      encoder.open(Output.segments(new MemoryStore(), SegmentOptions.rotating(1 << 30, SECOND)));
      for (int i = 0; i < 40; i++) {
        feed.add(i);
      }
      feed.audio().end();
      for (int i = 40; i < 6 * EncodedClip.RATE; i++) {
        feed.video().addFrame(EncodedClip.frame(i));
      }
      result = encoder.finish();
    }

    assertThat(result.notes())
        .containsExactly(
            "audio 0: no packets in file-2.mp4, file-3.mp4, file-4.mp4 and 1 more: the file has no"
                + " such stream, or an empty one");
  }

  @Test
  void rotating_audioToTheEnd_notesNothing() throws IOException {
    EncodingResult result =
        encode(
            options -> {},
            Output.segments(new MemoryStore(), SegmentOptions.rotating(1 << 30, SECOND)));

    assertThat(result.notes()).isEmpty();
  }

  @Test
  void openGop_refusedByWhatPlayersBeginWith() throws IOException {
    MemoryStore store = new MemoryStore();
    for (Output output :
        List.of(
            Output.segments(store, SegmentOptions.hls(SECOND)),
            Output.segments(store, SegmentOptions.rotating(1, SECOND)),
            Output.fragments(new LiveFragments(), SECOND))) {
      assertThatThrownBy(() -> encode(options -> options.openGop(true), output))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("video 0 has openGop(true)")
          .hasMessageContaining("leave openGop unset");
      try (Encoder encoder = Encoder.create()) {
        encoder.addVideo(
            VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                .openGop(true)
                .build());
        encoder.open(Output.file(directory.resolve("all.mp4")));
        assertThatThrownBy(() -> encoder.attach(output)).hasMessageContaining("openGop(true)");
      }
    }
    assertThat(store.names()).isEmpty();
  }

  @Test
  void segments_main_peakIsNotBelowTheAverage() throws IOException {
    MemoryStore store = new MemoryStore();

    // the only segments are short ones
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.of(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE));
      encoder.open(Output.segments(store, SegmentOptions.hls(Duration.ofSeconds(2))));
      for (int i = 0; i < 52; i++) {
        video.addFrame(i < 50 ? EncodedClip.frame(0) : noise(i));
      }
      encoder.finish();
    }

    Matcher rates = rates(store);
    assertThat(Long.parseLong(rates.group(1)))
        .isGreaterThanOrEqualTo(Long.parseLong(rates.group(2)));
  }

  private static Matcher rates(MemoryStore store) {
    Matcher rates =
        Pattern.compile("BANDWIDTH=(\\d+),AVERAGE-BANDWIDTH=(\\d+)")
            .matcher(text(store, "main.m3u8"));
    assertThat(rates.find()).isTrue();
    return rates;
  }

  /** RFC 8216, section 4.3.4.2. */
  @Test
  void segments_main_peakIsThatAskedForUntilAllSegmentsExist() throws IOException {
    MemoryStore store = new MemoryStore();
    int asked = 2_000_000;

    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                  .bitRate(asked)
                  .build());
      encoder.open(Output.segments(store, SegmentOptions.hls(SECOND).event()));
      for (int i = 0; i < 4 * EncodedClip.RATE; i++) {
        video.addFrame(EncodedClip.frame(0));
      }
      assertThat(Long.parseLong(rates(store).group(1))).isGreaterThanOrEqualTo(asked);
      encoder.finish();
    }

    assertThat(Long.parseLong(rates(store).group(1))).isBetween(1L, asked / 4L);
  }

  private static VideoFrame noise(int seed) {
    byte[] pixels = new byte[EncodedClip.SIZE * EncodedClip.SIZE * 3 / 2];
    new Random(seed).nextBytes(pixels);
    return VideoFrame.of(PixelLayout.I420, EncodedClip.SIZE, EncodedClip.SIZE, pixels);
  }

  @Test
  @RequiresFfmpegCli
  void segments_besideAFile_bothAreWhole() throws Exception {
    Path file = directory.resolve("whole.mp4");
    for (SegmentFormat format : List.of(SegmentFormat.CMAF, SegmentFormat.MPEG_TS)) {
      Path segments = directory.resolve(format.name());

      encode(
          options -> {},
          Output.file(file),
          Output.segments(
              SegmentStore.directory(segments), SegmentOptions.hls(SECOND).format(format)));

      assertThat(frames(segments.resolve("main.m3u8"))).isEqualTo(FRAMES);
      assertThat(frames(file)).isEqualTo(FRAMES);
    }
  }

  @Test
  @RequiresFfmpegCli
  void segments_tsAlone_everyFrame() throws Exception {
    encode(
        options -> {},
        Output.segments(
            SegmentStore.directory(directory),
            SegmentOptions.hls(SECOND).format(SegmentFormat.MPEG_TS)));

    assertThat(frames(directory.resolve("media-2.ts"))).isEqualTo(EncodedClip.RATE);
    assertThat(Files.readString(directory.resolve("main.m3u8"))).contains("avc1.");
  }

  private static int frames(Path file) throws Exception {
    return FfmpegCli.ffprobe(
            file,
            "-select_streams",
            "v:0",
            "-show_entries",
            "frame=pts_time",
            "-allowed_extensions",
            "ALL")
        .size();
  }

  @Test
  @RequiresFfmpegCli
  void segments_renditions_oneVariantEach() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                  .threads(1)
                  .build(),
              List.of(
                  Rendition.of("large", 64, 64, 300_000), Rendition.of("small", 32, 32, 50_000)));
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(
          Output.segments(SegmentStore.directory(directory), SegmentOptions.hlsAndDash(SECOND)));
      feed(video, audio);
      encoder.finish();
    }

    String main = Files.readString(directory.resolve("main.m3u8"));
    assertThat(main).contains("RESOLUTION=64x64").contains("RESOLUTION=32x32");
    assertThat(main.lines().filter(line -> line.contains("AUDIO=\"audio\""))).hasSize(2);
    assertThat(Files.readString(directory.resolve("manifest.mpd")))
        .containsOnlyOnce("contentType=\"video\"");
    assertThat(frames(directory.resolve("video1.m3u8"))).isEqualTo(FRAMES);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
    assertThat(extinf("video0.m3u8")).isEqualTo(extinf("video1.m3u8"));
  }

  private List<String> extinf(String name) throws IOException {
    try (var lines = Files.lines(directory.resolve(name))) {
      return lines.filter(line -> line.startsWith("#EXTINF")).toList();
    }
  }

  @Test
  @RequiresFfmpegCli
  void fragments_manyViewers_eachGetsAPlayableStream() throws Exception {
    LiveFragments live = new LiveFragments();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LiveFragments.Viewer early = live.subscribe(64 << 20);

    encode(options -> options.maxBFrames(0), Output.fragments(live, Duration.ofMillis(200)));
    early.sendTo(bytes);

    Path file = Files.write(directory.resolve("early.mp4"), bytes.toByteArray());
    assertThat(frames(file)).isEqualTo(FRAMES);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    live.subscribe(64 << 20).sendTo(rest);
    Path late = Files.write(directory.resolve("late.mp4"), rest.toByteArray());
    // there is a key frame every two seconds at least, where a late viewer begins
    assertThat(frames(late)).isBetween(1, FRAMES / 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fragments_canceledOrFailed_viewersAreReleased(boolean fails) throws Exception {
    LiveFragments live = new LiveFragments();
    LiveFragments.Viewer viewer = live.subscribe(64 << 20);
    CompletableFuture<Long> bytes =
        CompletableFuture.supplyAsync(() -> copied(viewer), run -> new Thread(run).start());
    SegmentStore failing = new FailingStore();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.of(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      Output fragments = Output.fragments(live, Duration.ofMillis(200));
      if (fails) {
        encoder.open(
            fragments,
            Output.segments(failing, SegmentOptions.hls(SECOND)).required(true).named("failing"));
        assertThatThrownBy(
                () -> {
                  feed(video, audio);
                  encoder.finish();
                })
            .hasMessage("no space");
      } else {
        encoder.open(fragments);
        feed(video, audio);
        encoder.cancel();
      }
    }

    assertThat(bytes.get(10, TimeUnit.SECONDS)).isPositive();
  }

  private static long copied(LiveFragments.Viewer viewer) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      viewer.sendTo(bytes);
      return bytes.size();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** One muxer for each track, or for those that have packets: a silent one holds up nothing. */
  @Test
  @RequiresFfmpegCli
  void streamWithoutPackets_notedAndTheOthersAreWhole() throws Exception {
    LiveFragments live = new LiveFragments();
    LiveFragments.Viewer viewer = live.subscribe(64 << 20);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.of(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(
          Output.segments(SegmentStore.directory(directory), SegmentOptions.hlsAndDash(SECOND)),
          Output.fragments(live, Duration.ofMillis(200)));
      audio.end();
      for (int i = 0; i < FRAMES; i++) {
        video.addFrame(EncodedClip.frame(i));
      }
      result = encoder.finish();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    viewer.sendTo(bytes);

    assertThat(result.notes().toString())
        .contains("has no packets, and no segments")
        .contains("has no packets, and is not in the fragments");
    assertThat(frames(directory.resolve("main.m3u8"))).isEqualTo(FRAMES);
    assertThat(frames(Files.write(directory.resolve("all.mp4"), bytes.toByteArray())))
        .isEqualTo(FRAMES);
    assertThat(Files.readString(directory.resolve("manifest.mpd"))).doesNotContain("audio");
  }

  @Test
  void liveHls_parts_areServedAndNoneIsLeftBehind() throws Exception {
    LiveStore live = new LiveStore();

    encode(
        options -> options.maxBFrames(0),
        Output.segments(live, SegmentOptions.hls(SECOND).live(3).parts(Duration.ofMillis(200))));

    LiveStore.Response playlist = live.get("video0.m3u8", "_HLS_msn=3", Duration.ZERO);
    assertThat(playlist.status()).isEqualTo(200);
    assertThat(live.names()).contains("video0-3.4.m4s", "video0-3.m4s");
  }

  /** Fails to commit segments. */
  private static final class FailingStore implements SegmentStore {
    private final MemoryStore store = new MemoryStore();
    private final IOException failure = new IOException("no space");

    @Override
    public Entry create(String name, SegmentInfo info) throws IOException {
      if (info.number() == 1) {
        throw failure;
      }
      return store.create(name, info);
    }

    @Override
    public void delete(String name) throws IOException {
      store.delete(name);
    }
  }

  @Test
  void store_failsAlone_failureOfTheCallThatFeeds() {
    FailingStore store = new FailingStore();

    assertThatThrownBy(
            () -> encode(options -> {}, Output.segments(store, SegmentOptions.hls(SECOND))))
        .isSameAs(store.failure);
    assertThat(store.store.names()).doesNotContain("main.m3u8");
  }

  @Test
  void store_failsBesideAFile_fileIsWholeAndResultSaysSo() throws IOException {
    FailingStore store = new FailingStore();

    EncodingResult result =
        encode(
            options -> {},
            Output.file(directory.resolve("whole.mp4")).required(true),
            Output.segments(store, SegmentOptions.hls(SECOND)));

    assertThat(result.outputs().get(1).failure()).containsSame(store.failure);
    assertThat(result.outputs().get(0).failure()).isEmpty();
  }

  @Test
  void store_neverReturns_costsItsOwnOutputOnly() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    SegmentStore stuck =
        new SegmentStore() {
          @Override
          public Entry create(String name, SegmentInfo info) throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
            throw new AssertionError("never");
          }

          @Override
          public void delete(String name) {}
        };
    try (Encoder encoder = Encoder.builder().deadline(Duration.ofMillis(500)).build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.of(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE));
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(
          Output.segments(new MemoryStore(), SegmentOptions.hls(SECOND)).named("good"),
          Output.segments(stuck, SegmentOptions.hls(SECOND)).named("stuck"));
      feed(video, audio);
      EncodingResult result = encoder.finish();

      assertThat(result.outputs().get(0).failure()).isEmpty();
      assertThat(result.outputs().get(1).failure())
          .get()
          .isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  @RequiresFfmpegCli
  void attach_segmentsInMidStream_beginWithAKeyFrameAtZero() throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                  .keyFramesEvery(SECOND)
                  .build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(EncodedClip.AUDIO_RATE, 1));
      encoder.open(Output.file(directory.resolve("all.mp4")));
      feed(video, audio);
      encoder.attach(
          Output.segments(SegmentStore.directory(directory), SegmentOptions.hls(SECOND)));
      feed(video, audio);
      encoder.finish();
    }

    assertThat(frames(directory.resolve("video0.m3u8"))).isBetween(FRAMES, FRAMES + 26);
    assertThat(frames(directory.resolve("all.mp4"))).isEqualTo(2 * FRAMES);
    assertThat(extinf("video0.m3u8")).contains("#EXTINF:1.000000,");
  }

  @ParameterizedTest
  @CsvSource({"hevc, flac", "av1, opus", "vp9, aac"})
  @RequiresFfmpegCli
  void segments_otherCodecs_everyFrameFromZero(String video, String audio) throws Exception {
    try (Encoder encoder = Encoder.create()) {
      VideoStream frames =
          encoder.addVideo(
              VideoOptions.builder(EncodedClip.SIZE, EncodedClip.SIZE, EncodedClip.RATE)
                  .codec(video)
                  .speed(Speed.FASTEST)
                  .build());
      AudioStream samples =
          encoder.addAudio(AudioOptions.builder(EncodedClip.AUDIO_RATE, 1).codec(audio).build());
      encoder.open(
          Output.segments(SegmentStore.directory(directory), SegmentOptions.hlsAndDash(SECOND)));
      feed(frames, samples);
      assertThat(encoder.finish().notes()).isEmpty();
    }

    assertThat(frames(directory.resolve("video0.m3u8"))).isEqualTo(FRAMES);
    for (int n = 0; n < FRAMES / EncodedClip.RATE; n++) {
      assertThat(frames(alone(n))).as("segment " + n + " alone").isEqualTo(EncodedClip.RATE);
    }
    assertThat(
            FfmpegCli.ffprobe(
                directory.resolve("video0.m3u8"),
                "-allowed_extensions",
                "ALL",
                "-show_entries",
                "stream=start_time"))
        .allSatisfy(start -> assertThat(start).startsWith("0.000"));
    assertThat(directory.resolve("audio0-3.m4s")).exists();
  }

  /** The header and one segment. */
  private Path alone(int number) throws IOException {
    Path file = directory.resolve("alone.mp4");
    Files.copy(directory.resolve("video0-init.mp4"), file, StandardCopyOption.REPLACE_EXISTING);
    Path segment = directory.resolve("video0-" + number + ".m4s");
    return Files.write(file, Files.readAllBytes(segment), StandardOpenOption.APPEND);
  }

  @Test
  void open_codecWithoutName_refused() {
    MemoryStore store = new MemoryStore();

    assertThatThrownBy(
            () ->
                encode(
                    options -> options.codec("mpeg4"),
                    Output.segments(store, SegmentOptions.hls(SECOND))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name for playlists");
  }
}
