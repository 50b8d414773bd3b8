package io.reelmux.reader.ffmpeg.internal.demux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AV1;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA;

import io.reelmux.HdrMetadata;
import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.SideData;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.Limits;
import io.reelmux.reader.UnsupportedMediaException;
import io.reelmux.reader.ffmpeg.internal.av.DecoderContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the first key frame of a stream for the HDR metadata that only the codec's data state:
 * MPEG-TS and raw streams have no place of their own for them, and many programs leave them out of
 * MP4 and Matroska.
 */
final class FirstFrame {
  private final Demuxer demuxer;
  private final Limits limits;

  FirstFrame(Demuxer demuxer, Limits limits) {
    this.demuxer = demuxer;
    this.limits = limits;
  }

  /** Returns the metadata; empty also if the frame cannot be decoded, which reading it tells. */
  Optional<HdrMetadata> hdr(AVStream stream) throws IOException {
    @Nullable AVPacket packet = demuxer.firstKey(stream.index(), limits.maxProbe());
    if (packet == null) {
      return Optional.empty();
    }
    if (stream.codecpar().codec_id() == AV_CODEC_ID_AV1) {
      byte[] unit = new byte[packet.size()];
      if (unit.length > 0) {
        packet.data().get(unit);
      }
      return Av1Metadata.of(unit);
    }
    return ofDecoded(stream, packet);
  }

  private Optional<HdrMetadata> ofDecoded(AVStream stream, AVPacket packet) throws IOException {
    try (DecoderContext decoder = DecoderOpener.open(stream, /* threads= */ 1, limits);
        Frame frame = Frame.allocate()) {
      decoder.send(packet);
      // the end makes decoders return what they hold
      decoder.send(null);
      if (decoder.receive(frame.struct()) != DecoderContext.Received.FRAME) {
        return Optional.empty();
      }
      Map<Integer, byte[]> sideData = SideData.read(frame.struct());
      return HdrReader.of(
          sideData.get(AV_FRAME_DATA_MASTERING_DISPLAY_METADATA),
          sideData.get(AV_FRAME_DATA_CONTENT_LIGHT_LEVEL));
    } catch (LimitException | UnsupportedMediaException e) {
      // a reader of the stream says so
      return Optional.empty();
    }
  }
}
