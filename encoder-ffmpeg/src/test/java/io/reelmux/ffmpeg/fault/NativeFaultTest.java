package io.reelmux.ffmpeg.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.AudioGaps;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ChannelLayout;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncoderException;
import io.reelmux.Fragment;
import io.reelmux.FragmentListener;
import io.reelmux.HdrMetadata;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.PacketStreamInfo;
import io.reelmux.PixelLayout;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import io.reelmux.SideDataType;
import io.reelmux.StreamKind;
import io.reelmux.SubtitleOptions;
import io.reelmux.SubtitleStream;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.NativeFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Makes every call of FFmpeg that can fail do so, one after another, in whole encodings. */
class NativeFaultTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  /** As much of an image of 1x1 pixels as is looked at. */
  private static final byte[] PNG_HEADER =
      HexFormat.of().parseHex("89504e470d0a1a0a0000000d494844520000000100000001");

  /** Called by the thread of an output. */
  private static final String OF_ANOTHER_THREAD = "av_packet_copy_props";

  @TempDir Path directory;

  private final Deque<NativeOwner> open = new ArrayDeque<>();
  private final List<String> wrongOrder = new ArrayList<>();

  @AfterEach
  void restore() {
    NativeFaults.clear();
    NativeOwner.observe(null);
  }

  /** Encodings that together call every function that can fail on the CPU. */
  private enum Encoding {
    VIDEO_AND_AUDIO(NativeFaultTest::encodeVideoAndAudio),
    QUAD(NativeFaultTest::encodeQuad),
    FILTERS(NativeFaultTest::encodeFiltered),
    MXF(NativeFaultTest::encodeMxf),
    SEMI_PLANAR(NativeFaultTest::encodeSemiPlanar),
    OUTPUTS(NativeFaultTest::encodeToTwoOutputs),
    SEGMENTS(NativeFaultTest::encodeSegments),
    COPY(NativeFaultTest::copyPackets);

    private final Work work;

    Encoding(Work work) {
      this.work = work;
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  @Test
  void encode_withEachNativeCallFailingInTurn_freesAllAndNamesTheStep() throws IOException {
    Set<String> failedFunctions = new TreeSet<>();
    int trials = 0;

    for (Encoding encoding : Encoding.values()) {
      int calls = 0;
      for (String failed; !(failed = encodeWithFailure(encoding, calls)).isEmpty(); calls++) {
        failedFunctions.add(failed);
      }
      trials += calls;
    }

    assertThat(trials).isGreaterThan(200);
    failedFunctions.add(OF_ANOTHER_THREAD);
    assertThat(failedFunctions).isEqualTo(NativeFaults.onCpu());
    Reliability.record(
        "native allocations and FFmpeg calls fail",
        "the k-th call of FFmpeg that can fail does so in whole encodings, for every k",
        trials,
        failedFunctions.size()
            + " functions; each error names the failed step, 0 owners are left open");
  }

  /** Returns the name of the function that failed, empty if there were fewer calls. */
  private static String encodeWithFailure(Encoding encoding, int k) {
    int[] calls = {0};
    String[] failed = {""};
    inject(
        function -> {
          boolean now = calls[0]++ == k;
          failed[0] = now ? function : failed[0];
          return now;
        });
    long before = NativeOwner.openCount();

    Throwable thrown = catchThrowable(encoding.work::run);

    String call = "call %d of %s, %s".formatted(k, encoding, failed[0]);
    if (failed[0].isEmpty()) {
      assertThat(thrown).as(call).isNull();
      return "";
    }
    assertThat(thrown).as(call).isInstanceOf(EncoderException.class);
    assertThat(thrown.getMessage()).startsWith("could not ");
    assertThat(((EncoderException) thrown).operation()).isNotBlank();
    assertThat(((EncoderException) thrown).errorCode()).as(call).isEqualTo(Av.ENOMEM);
    assertThat(NativeOwner.openCount()).as("owners left open by %s", call).isEqualTo(before);
    return failed[0];
  }

  /** Lets calls of this thread fail: the order of those of outputs with a thread is not known. */
  private static void inject(Predicate<String> failing) {
    Thread caller = Thread.currentThread();
    NativeFaults.inject(
        function -> Thread.currentThread().equals(caller) && failing.test(function));
  }

  @Test
  void encode_withACallOfAnOutputsThreadFailing_throwsItAndFreesAll() throws IOException {
    long before = NativeOwner.openCount();
    NativeFaults.inject(OF_ANOTHER_THREAD::equals);

    Throwable thrown =
        catchThrowable(
            () -> {
              try (Encoder encoder = Encoder.create()) {
                VideoStream video = encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, 25));
                encoder.open(
                    Output.stream(new ByteArrayOutput(), "mkv").required(true),
                    Output.stream(new ByteArrayOutput(), "ts").required(true));
                video.addFrame(frame(0));
                encoder.finish();
              }
            });

    assertThat(thrown)
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("could not copy a packet");
    assertThat(NativeOwner.openCount()).isEqualTo(before);
  }

  /** Errors and unchecked exceptions come from the JVM, which may run out of memory at any call. */
  @Test
  void encode_withEachNativeCallThrowingInTurn_freesAllAndThrowsIt() throws IOException {
    int trials = 0;

    for (Encoding encoding : Encoding.values()) {
      for (Throwable failure :
          List.of(new OutOfMemoryError("injected"), new IllegalStateException("injected"))) {
        int calls = 0;
        while (throwAt(encoding, calls, failure)) {
          calls++;
        }
        trials += calls;
      }
    }

    assertThat(trials).isGreaterThan(400);
  }

  /** Returns whether there was a call of this number. */
  private static boolean throwAt(Encoding encoding, int k, Throwable failure) {
    int[] calls = {0};
    String[] failed = {""};
    inject(
        function -> {
          if (calls[0]++ == k) {
            failed[0] = function;
            throw unchecked(failure);
          }
          return false;
        });
    long before = NativeOwner.openCount();

    Throwable thrown = catchThrowable(encoding.work::run);

    String call = "call %d of %s, %s, throws %s".formatted(k, encoding, failed[0], failure);
    if (failed[0].isEmpty()) {
      assertThat(thrown).as(call).isNull();
      return false;
    }
    assertThat(thrown).as(call).hasStackTraceContaining("injected");
    assertThat(NativeOwner.openCount()).as("owners left open by %s", call).isEqualTo(before);
    return true;
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  @Test
  void infallible_ofFunctionsNoLongerUsed_isEmpty() {
    assertThat(NativeFaults.functions())
        .containsAll(NativeFaults.infallible())
        .containsAll(NativeFaults.onDevice());
  }

  @Test
  void open_withEachNativeCallFailingInTurn_closesInReverseOrderAndLeavesTheFileAlone()
      throws IOException {
    Path file = directory.resolve("kept.mp4");
    Files.writeString(file, "existing content");
    int calls = 0;
    boolean opened = false;

    while (!opened) {
      NativeFaults.failCall(calls++);
      NativeOwner.observe(this::observe);
      try (Encoder encoder = Encoder.create()) {
        addStreams(encoder);
        Throwable thrown = catchThrowable(() -> encoder.openFile(file));
        opened = thrown == null;
        if (opened) {
          NativeFaults.clear();
          NativeOwner.observe(null);
          open.clear();
        } else {
          assertThat(thrown).isInstanceOf(EncoderException.class);
          assertThat(open).isEmpty();
          assertThat(wrongOrder).isEmpty();
          assertThat(file).hasContent("existing content");
        }
      }
    }

    assertThat(calls).isGreaterThan(15);
  }

  @Test
  void close_afterAnEncoderStepFailed_keepsWhatWasEncodedBefore() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    int[] sent = {0};
    Encoder encoder = Encoder.create();
    VideoStream video = encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).gop(1).build());
    encoder.openFileLike(output, "mp4");
    NativeFaults.inject(name -> name.equals("av_buffersrc_add_frame_flags") && ++sent[0] == 60);

    Throwable thrown =
        catchThrowable(
            () -> {
              for (int i = 0; i < 100; i++) {
                video.addFrame(frame(i));
              }
            });
    encoder.close();

    assertThat(thrown).isInstanceOf(EncoderException.class).hasMessageContaining("video 0");
    byte[] file = output.toByteArray();
    assertThat(new String(file, ISO_8859_1)).contains("moov");
    assertThat(NativeOwner.openCount()).isZero();
  }

  @Test
  void close_withOwnersThatFailToClose_logsThemFreesAllAndDoesNotThrow() throws IOException {
    long before = NativeOwner.openCount();
    Encoder encoder = Encoder.create();
    addStreams(encoder);
    encoder.openFileLike(new ByteArrayOutput(), "mkv");

    List<LogRecord> logged = withOwnersThatFailToClose(encoder::close);

    assertThat(NativeOwner.openCount()).isEqualTo(before);
    assertThat(logged).hasSize(1);
    assertThat(logged.get(0).getThrown()).hasStackTraceContaining("cannot close ");
  }

  @Test
  void close_ofFragmentsWithOwnersThatFailToClose_tellsTheListenerAllTheSame() throws IOException {
    int[] aborted = {0};
    FragmentListener listener =
        new FragmentListener() {
          @Override
          public void onInit(ByteBuffer init, String mimeType) {}

          @Override
          public void onFragment(Fragment fragment) {}

          @Override
          public void onAbort() {
            aborted[0]++;
          }
        };
    Encoder encoder = Encoder.create();
    VideoStream video =
        encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).lowLatency(true).build());
    encoder.open(Output.fragments(listener, Duration.ofMillis(200)));
    for (int i = 0; i < 5; i++) {
      video.addFrame(frame(i));
    }

    withOwnersThatFailToClose(
        () -> {
          encoder.cancel();
          encoder.close();
        });

    assertThat(aborted[0]).isEqualTo(1);
  }

  private static List<LogRecord> withOwnersThatFailToClose(Work work) throws IOException {
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.reelmux");
    Filter filter = logger.getFilter();
    NativeOwner.observe(
        (owner, opened) -> {
          throw new IllegalStateException("cannot close " + owner.getClass().getSimpleName());
        });
    logger.setFilter(record -> record.getLevel() == Level.WARNING && !logged.add(record));
    try {
      work.run();
    } finally {
      logger.setFilter(filter);
    }
    return logged;
  }

  private void observe(NativeOwner owner, boolean opened) {
    if (opened) {
      open.push(owner);
    } else if (open.peek() == owner) {
      open.pop();
    } else if (open.remove(owner)) {
      wrongOrder.add(owner.getClass().getSimpleName());
    }
  }

  private static void addStreams(Encoder encoder) {
    encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, 25));
    encoder.addAudio(AudioOptions.of(44_100, 2));
  }

  private static void encodeVideoAndAudio() throws IOException {
    try (Encoder encoder =
        Encoder.builder()
            .container(ContainerMode.CRASH_SAFE)
            .metadata("title", "Test")
            .chapter(Duration.ZERO, "Chapter")
            .cover(PNG_HEADER)
            .build()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 25)
                  .maxBFrames(0)
                  .rotation(90)
                  .hdr(HdrMetadata.bt2020(0.001, 1000).withContentLight(900, 300))
                  .language("eng")
                  .build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(44_100, 2));
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      for (int i = 0; i < 5; i++) {
        video.addFrame(frame(i));
        audio.addSamples(new float[2][1764]);
      }
      encoder.finish();
    }
  }

  /** Channels are mixed, a gap is kept, and the packets go to Matroska. */
  private static void encodeQuad() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(48_000, 6)
                  .channelLayout(ChannelLayout.SURROUND_5_1)
                  .outputChannelLayout(ChannelLayout.QUAD)
                  .gaps(AudioGaps.KEEP)
                  .codec("libopus")
                  .build());
      AudioStream microphones =
          encoder.addAudio(
              AudioOptions.builder(48_000, 3)
                  .channelLayout(ChannelLayout.discrete(3))
                  .outputChannels(1)
                  .codec("pcm_s16le")
                  .build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      audio.addSamples(new float[6][4700]);
      audio.addSamples(AudioSamples.of(new float[6][4800]).withPts(Duration.ofSeconds(1)));
      microphones.addSamples(new float[3][4800]);
      encoder.finish();
    }
  }

  /** The muxer orders the packets of the streams itself. */
  private static void encodeMxf() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 25)
                  .codec("mpeg2video")
                  .option("qmin", "3")
                  .build());
      encoder.openFileLike(new ByteArrayOutput(), "mxf");
      for (int i = 0; i < 3; i++) {
        video.addFrame(frame(i));
      }
      encoder.finish();
    }
  }

  /** Filters of video and audio that hold frames and samples back. */
  private static void encodeFiltered() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(WIDTH, HEIGHT, 25)
                  .codec("mpeg4")
                  .filter("crop=32:24:8:8,reverse")
                  .build());
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(48_000, 2).codec("pcm_s16le").filter("areverse").build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      for (int i = 0; i < 3; i++) {
        video.addFrame(frame(i));
        audio.addSamples(new float[2][1920]);
      }
      encoder.finish();
    }
  }

  private static void encodeSemiPlanar() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).codec("mpeg4").build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      byte[] pixels = new byte[WIDTH * HEIGHT * 3 / 2];
      video.addFrame(VideoFrame.of(PixelLayout.NV12, WIDTH, HEIGHT, pixels));
      encoder.finish();
    }
  }

  /** Both must be complete, so that a failure of either is thrown. */
  private static void encodeToTwoOutputs() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).codec("mpeg4").build());
      encoder.open(
          Output.stream(new ByteArrayOutput(), "mkv").required(true),
          Output.packets(packet -> {}).required(true));
      video.addFrame(frame(0));
      video.addFrame(frame(1));
      encoder.finish();
    }
  }

  private static void encodeSegments() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(WIDTH, HEIGHT, 25));
      encoder.open(
          Output.segments(
              new MemoryStore(),
              SegmentOptions.hls(Duration.ofSeconds(1)).format(SegmentFormat.MPEG_TS)));
      video.addFrame(frame(0));
      video.addFrame(frame(1));
      encoder.finish();
    }
  }

  /** Streams without an encoder, of which a listener gets the packets. */
  private static void copyPackets() throws IOException {
    PacketStreamInfo info =
        PacketStreamInfo.builder(StreamKind.AUDIO, "pcm_s16le", new TimeBase(1, 8000))
            .audio(8000, 2)
            .extradata(ByteBuffer.allocate(4))
            .sideData(SideDataType.AUDIO_SERVICE_TYPE, ByteBuffer.allocate(4))
            .build();
    try (Encoder encoder = Encoder.builder().packetListener(packet -> {}).build()) {
      PacketInput input = encoder.addPackets(info);
      SubtitleStream subtitles = encoder.addSubtitles(SubtitleOptions.of("eng"));
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      subtitles.addCue(Duration.ZERO, Duration.ofSeconds(1), "text");
      input.add(
          new Packet(info, new byte[400], 0, 0, 100, /* keyFrame= */ true)
              .withSideData(SideDataType.SKIP_SAMPLES, ByteBuffer.allocate(10)));
      encoder.finish();
    }
  }

  private static VideoFrame frame(int index) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + index * 11);
    }
    return VideoFrame.of(PixelLayout.RGBA, WIDTH, HEIGHT, pixels);
  }
}
