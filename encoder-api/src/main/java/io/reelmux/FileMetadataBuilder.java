package io.reelmux;

import io.reelmux.spi.Attachment;
import io.reelmux.spi.Chapter;
import io.reelmux.spi.CoverImage;
import io.reelmux.spi.FileMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects and checks what a container says of itself. */
final class FileMetadataBuilder {

  /** Readers take an earlier time of MP4 for one that counts from 1970. */
  private static final Instant MIN_TIME = Instant.EPOCH;

  /** 2040-02-06T06:28:15Z: the end of 32 bits in which MP4 and MOV count seconds since 1904. */
  private static final Instant MAX_TIME = Instant.ofEpochSecond(2_212_122_495L);

  /** Chapters count milliseconds in 32 bits in some containers. */
  private static final Duration MAX_START = Duration.ofMillis(Integer.MAX_VALUE);

  private static final int MAX_ATTACHMENT = 256 << 20;

  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<Chapter> chapters = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private @Nullable Instant creationTime;
  private @Nullable CoverImage cover;

  FileMetadataBuilder() {}

  FileMetadataBuilder(FileMetadataBuilder other) {
    tags.putAll(other.tags);
    chapters.addAll(other.chapters);
    attachments.addAll(other.attachments);
    creationTime = other.creationTime;
    cover = other.cover;
  }

  void tag(String key, String value) {
    Checks.reserved(key, "creation_time", "creationTime(Instant)");
    Checks.reserved(key, "timecode", "VideoOptions.Builder.timecode(String)");
    Checks.putTag(tags, key, value);
  }

  void creationTime(Instant time) {
    Objects.requireNonNull(time, "creationTime");
    if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
      throw new IllegalArgumentException(
          "creationTime " + time + ": must be from " + MIN_TIME + " to " + MAX_TIME);
    }
    creationTime = time;
  }

  void chapter(Duration start, String title) {
    Objects.requireNonNull(start, "start");
    Checks.name("title of the chapter", title);
    if (start.isNegative() || start.compareTo(MAX_START) > 0) {
      throw new IllegalArgumentException(
          "chapter at " + start + ": must be from PT0S to " + MAX_START);
    }
    Duration rounded = Duration.ofMillis(start.plusNanos(500_000).toMillis());
    if (!chapters.isEmpty()) {
      Duration last = chapters.get(chapters.size() - 1).start();
      if (rounded.compareTo(last) <= 0) {
        throw new IllegalArgumentException(
            "chapter at " + start + ": must be at least 1 ms after the one before, at " + last);
      }
    }
    chapters.add(new Chapter(rounded, title));
  }

  void cover(byte[] file) {
    Objects.requireNonNull(file, "cover");
    cover = CoverImage.of(file);
  }

  void attachment(String name, String mimeType, byte[] data) {
    Checks.name("name of the attachment", name);
    Checks.name("mimeType", mimeType);
    Objects.requireNonNull(data, "data");
    if (!mimeType.matches("[!-.0-~]+/[!-.0-~]+")) {
      throw new IllegalArgumentException(
          "mimeType '" + mimeType + "': must be a type and a subtype such as font/ttf");
    }
    if (data.length == 0 || data.length > MAX_ATTACHMENT) {
      throw new IllegalArgumentException(
          "attachment " + name + " of " + data.length + " bytes: must be 1 to " + MAX_ATTACHMENT);
    }
    if (attachments.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalArgumentException("attachment " + name + " is added twice");
    }
    attachments.add(new Attachment(name, mimeType, data));
  }

  FileMetadata build() {
    return new FileMetadata(Checks.withoutEmpty(tags), creationTime, chapters, cover, attachments);
  }
}
