package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.MemoryStore;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoOptions;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chunks that are joined into segments: the same files as one run over their packets makes. */
class JoinedSegmentsTest {
  private static final int FRAMES = 100;
  private static final Duration SEGMENT = Duration.ofSeconds(1);

  @TempDir private static Path folder;
  private static CutPlan plan;
  private static List<ChunkResult> chunks;

  @BeforeAll
  static void encode() throws IOException {
    VideoOptions options =
        Footage.options("libx264").keyFramesEvery(SEGMENT).preset("veryfast").build();
    plan = CutPlan.of(options, FRAMES, SEGMENT);
    chunks = Footage.encode(plan, folder);
  }

  private static Map<String, ByteBuffer> contents(MemoryStore store) {
    Map<String, ByteBuffer> all = new TreeMap<>();
    store.names().forEach(name -> all.put(name, store.get(name).orElseThrow()));
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentFormat.class,
      names = {"CMAF", "MPEG_TS"})
  void join_intoSegments_isByteForByteASequentialRun(SegmentFormat format) throws IOException {
    SegmentOptions options =
        format == SegmentFormat.CMAF
            ? SegmentOptions.hlsAndDash(SEGMENT)
            : SegmentOptions.hls(SEGMENT).format(format);
    MemoryStore joined = new MemoryStore();
    List<Packet> packets = new ArrayList<>();
    Footage.joiner(plan, chunks)
        .encoder(settings -> settings.packetListener(packets::add))
        .join(Output.segments(joined, options));
    MemoryStore sequential = new MemoryStore();

    try (Encoder encoder = Encoder.create()) {
      PacketInput input = encoder.addPackets(packets.get(0).stream());
      encoder.open(Output.segments(sequential, options));
      for (Packet packet : packets) {
        input.add(packet);
      }
    }

    assertThat(packets).hasSize(FRAMES);
    assertThat(joined.names()).hasSizeGreaterThan(4);
    assertThat(contents(joined)).isEqualTo(contents(sequential));
  }

  /** A segment begins with each key frame of the grid, and every frame is played. */
  @Test
  @RequiresFfmpegCli
  void join_intoSegments_playsEveryFrame() throws Exception {
    Path directory = folder.resolve("hls");

    EncodingResult result =
        Footage.joiner(plan, chunks)
            .join(Output.segments(SegmentStore.directory(directory), SegmentOptions.hls(SEGMENT)));

    assertThat(result.notes()).isEmpty();
    List<String> files = result.outputs().get(0).files();
    assertThat(files).filteredOn(name -> name.endsWith(".m4s")).hasSize(4);
    Path playlist =
        directory.resolve(
            files.stream()
                .filter(name -> name.endsWith(".m3u8"))
                .sorted()
                .findFirst()
                .orElseThrow());
    assertThat(Footage.digests(playlist))
        .containsExactlyElementsOf(Footage.digests(Footage.files(chunks)));
  }

  @Test
  @RequiresFfmpegCli
  void join_intoSeveralOutputs_writesAllOfThem() throws Exception {
    Path mp4 = folder.resolve("several.mp4");
    Path ts = folder.resolve("several.ts");
    MemoryStore store = new MemoryStore();

    EncodingResult result =
        Footage.joiner(plan, chunks)
            .join(
                Output.file(mp4),
                Output.file(ts),
                Output.segments(store, SegmentOptions.dash(SEGMENT)));

    assertThat(result.outputs()).hasSize(3).allMatch(output -> output.failure().isEmpty());
    List<String> expected = Footage.digests(Footage.files(chunks));
    assertThat(Footage.digests(mp4)).containsExactlyElementsOf(expected);
    assertThat(Footage.digests(ts)).containsExactlyElementsOf(expected);
    assertThat(store.names()).anyMatch(name -> name.endsWith(".mpd"));
  }
}
