package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_mallocz;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_new_packet;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_write_frame;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_BIN_DATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.OutputContext;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TagRules;
import io.reelmux.spi.Attachment;
import io.reelmux.spi.CoverImage;
import io.reelmux.spi.FileMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;

/**
 * The cover and the attached files of a container. They become streams behind those that are
 * encoded, and have no packets except the one of a cover, which is written with the header.
 */
final class Extras {

  /** RFC 9639, 8.8: the front cover. */
  private static final int FRONT_COVER = 3;

  private final FileMetadata metadata;
  private final TagRules rules;

  /** Index of the stream that the cover's packet belongs to, or -1. */
  private int coverStream = -1;

  /**
   * Plans the extra streams.
   *
   * @param fragmented whether the index of the file is written before the cover
   * @throws IllegalArgumentException if the container does not store them
   */
  Extras(FileMetadata metadata, Container container, boolean fragmented) {
    this.metadata = metadata;
    this.rules = container.tags();
    if (metadata.cover() != null && rules.cover() == TagRules.Cover.NONE) {
      throw refused(container, "a cover", other -> other.cover() != TagRules.Cover.NONE);
    }
    if (metadata.cover() != null && fragmented) {
      throw new IllegalArgumentException(
          "container '"
              + container
              + "' does not support a cover in fragments: write to a destination that can seek, and"
              + " not in ContainerMode.FRAGMENTED");
    }
    if (!metadata.attachments().isEmpty() && !rules.storesAttachments()) {
      throw refused(container, "attachments", TagRules::storesAttachments);
    }
  }

  private static IllegalArgumentException refused(
      Container container, String what, Predicate<TagRules> rule) {
    return new IllegalArgumentException(
        "container '"
            + container
            + "' does not support "
            + what
            + "; these do: "
            + String.join(", ", Container.usualThatStore(rule)));
  }

  /** Returns the tags of the first stream that hold the cover, for containers that store it so. */
  Map<String, String> comments() {
    Map<String, String> comments = new LinkedHashMap<>();
    CoverImage cover = metadata.cover();
    if (cover != null && rules.cover() == TagRules.Cover.COMMENT) {
      comments.put("METADATA_BLOCK_PICTURE", Base64.getEncoder().encodeToString(block(cover)));
    }
    return comments;
  }

  /** Returns the cover as a metadata block of FLAC without its header. */
  private static byte[] block(CoverImage cover) {
    byte[] type = cover.format().mimeType().getBytes(StandardCharsets.US_ASCII);
    byte[] data = cover.data();
    return ByteBuffer.allocate(32 + type.length + data.length)
        .putInt(FRONT_COVER)
        .putInt(type.length)
        .put(type)
        .putInt(0)
        .putInt(cover.width())
        .putInt(cover.height())
        .putInt(24)
        .putInt(0)
        .putInt(data.length)
        .put(data)
        .array();
  }

  /** Adds the streams, which the context owns. */
  void addTo(OutputContext output) throws EncoderException {
    CoverImage cover = metadata.cover();
    if (cover != null && rules.cover() == TagRules.Cover.STREAM) {
      coverStream = addCover(output, cover);
    } else if (cover != null && rules.cover() == TagRules.Cover.ATTACHMENT) {
      CoverImage.Format format = cover.format();
      attach(
          output,
          new Attachment("cover." + format.extension(), format.mimeType(), cover.data()),
          codec(format));
    }
    for (Attachment attachment : metadata.attachments()) {
      attach(output, attachment, AV_CODEC_ID_BIN_DATA);
    }
  }

  private static int addCover(OutputContext output, CoverImage cover) throws EncoderException {
    AVStream stream = output.addStream();
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(codec(cover.format()));
    parameters.width(cover.width());
    parameters.height(cover.height());
    stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
    stream.time_base().num(1).den(90_000);
    // ID3 and FLAC name the kind of an image in this tag
    stream.metadata(Metadata.of(Map.of("comment", "Cover (front)")));
    return stream.index();
  }

  private static int codec(CoverImage.Format format) {
    return format == CoverImage.Format.PNG ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG;
  }

  private static void attach(OutputContext output, Attachment attachment, int codec)
      throws EncoderException {
    AVStream stream = output.addStream();
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(AVMEDIA_TYPE_ATTACHMENT);
    parameters.codec_id(codec);
    byte[] data = attachment.data();
    BytePointer memory =
        new BytePointer(
            Av.allocated(
                av_mallocz((long) data.length + AV_INPUT_BUFFER_PADDING_SIZE),
                "allocate an attachment"));
    memory.put(data, 0, data.length);
    parameters.extradata(memory);
    parameters.extradata_size(data.length);
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("filename", attachment.name());
    tags.put("mimetype", attachment.mimeType());
    stream.metadata(Metadata.of(tags));
  }

  /** Writes the packet of the cover, after the header. */
  void write(OutputContext output) throws EncoderException {
    CoverImage cover = metadata.cover();
    if (coverStream < 0 || cover == null) {
      return;
    }
    byte[] data = cover.data();
    try (PacketRef packet = PacketRef.allocate()) {
      AVPacket struct = packet.struct();
      Av.check(av_new_packet(struct, data.length), "allocate the cover");
      struct.data().put(data, 0, data.length);
      struct.stream_index(coverStream);
      struct.pts(0);
      struct.dts(0);
      struct.flags(AV_PKT_FLAG_KEY);
      Av.check(av_write_frame(output.struct(), struct), "write the cover");
    }
  }
}
