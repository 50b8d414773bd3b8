package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;

import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.reader.ffmpeg.internal.index.FrameProbe;
import io.reelmux.reader.ffmpeg.internal.index.PacketTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decodes parts of a stream with a decoder of its own, and looks at the frames only. */
final class DecodingProbe implements FrameProbe {
  private final FrameDecoder decoder;
  private final PacketTable packets;
  private final Supplier<FrameClock> clocks;

  DecodingProbe(FrameDecoder decoder, PacketTable packets, Supplier<FrameClock> clocks) {
    this.decoder = decoder;
    this.packets = packets;
    this.clocks = clocks;
  }

  @Override
  public List<Decoded> decode(int from, int to) throws IOException {
    decoder.moveTo(from);
    decoder.endAt(to);
    FrameClock clock = clocks.get();
    List<Decoded> all = new ArrayList<>();
    try (Frame frame = Frame.allocate()) {
      int ordinal;
      while ((ordinal = decoder.decode(frame, number -> false)) >= 0) {
        if (!packets.isHidden(ordinal)) {
          boolean key = (frame.struct().flags() & AV_FRAME_FLAG_KEY) != 0;
          all.add(new Decoded(ordinal, clock.next(frame.struct()), frame.struct().duration(), key));
        }
        frame.unref();
      }
    }
    return all;
  }
}
