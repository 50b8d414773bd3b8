package io.reelmux.ffmpeg.internal.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.CodecContext;
import io.reelmux.ffmpeg.internal.av.Ffmpeg;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.SideData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * What an encoder adds before the first sample and after the last one.
 *
 * <p>Note [priming and padding]. Encoders of blocks delay samples by a part of a block, the
 * priming, and fill the last block, the padding. AAC, MP3 and Opus give everything back when they
 * are drained. The encoders of AC-3, MP2 and WMA have nothing to drain: unless silence follows, the
 * samples that they delay are lost. Only MP3 and Opus mark their padding; for the others it is done
 * here, so that a container that can say so does.
 */
final class AudioEdges {
  private static final int SKIP_BYTES = 10;

  private final int priming;
  private final int frameSize;
  private final boolean drains;
  private long end = Long.MAX_VALUE;
  private long padding;

  /**
   * The edges of a stream without samples.
   *
   * @param frameSize samples of an encoder's frame
   */
  AudioEdges(CodecContext codec, int frameSize) {
    // with a fixed number of bits each, samples are not coded in blocks
    boolean blocks = Ffmpeg.av_get_exact_bits_per_sample(codec.codec().id()) == 0;
    this.priming = blocks ? codec.struct().initial_padding() : 0;
    this.frameSize = frameSize;
    this.drains = (codec.codec().capabilities() & AV_CODEC_CAP_DELAY) != 0;
  }

  /**
   * Sets where the samples end.
   *
   * @param time after the last one, in samples of the encoder
   * @return how many samples of silence have to follow
   */
  int end(long time) {
    end = time;
    return drains ? 0 : priming;
  }

  /** Makes a packet end with the last sample, and marks its padding. */
  void trim(PacketRef packet) throws EncoderException {
    AVPacket struct = packet.struct();
    if (priming == 0 || struct.size() == 0 || struct.pts() + frameSize <= end) {
      return;
    }
    int excess = (int) Math.min(frameSize, struct.pts() + frameSize - end);
    padding += excess;
    struct.duration(Math.max(1, frameSize - excess));
    boolean marked =
        SideData.read(struct.side_data(), struct.side_data_elems())
            .containsKey(AV_PKT_DATA_SKIP_SAMPLES);
    if (!marked) {
      ByteBuffer skip = ByteBuffer.allocate(SKIP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      packet.addSideData(AV_PKT_DATA_SKIP_SAMPLES, skip.putInt(Integer.BYTES, excess));
    }
  }

  /** Returns the number of samples before the first one. */
  int priming() {
    return priming;
  }

  /** Returns the number of samples after the last one. */
  long padding() {
    return padding;
  }
}
