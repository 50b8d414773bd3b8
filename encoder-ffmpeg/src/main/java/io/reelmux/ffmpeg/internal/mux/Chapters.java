package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_mallocz;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TagRules;
import io.reelmux.spi.Chapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The chapters of a file. The last one ends with the file, whose length is known only with the
 * trailer: a container that stores chapters in its header says that it lasts a millisecond.
 */
final class Chapters {
  private static final int MILLIS = 1_000;

  private final List<Chapter> chapters;
  private final Container container;
  private final TagRules.Chapters form;
  private final boolean atTrailer;
  private final Notes notes;

  /** In milliseconds. */
  private long end;

  /**
   * Plans the chapters.
   *
   * @param rewrites whether the index of the file is written with its trailer
   * @param notes receives what is not stored
   * @throws IllegalArgumentException if there are too many, or a title is too long
   */
  Chapters(List<Chapter> chapters, Container container, boolean rewrites, Notes notes) {
    TagRules rules = container.tags();
    this.chapters = chapters;
    this.container = container;
    this.form = rules.chapters();
    this.atTrailer = form == TagRules.Chapters.AT_TRAILER && rewrites;
    this.notes = notes;
    if (chapters.isEmpty()) {
      return;
    }
    if (form == TagRules.Chapters.NONE) {
      notes.add("the chapters are not stored: " + container + " has no place for them");
      return;
    }
    if (chapters.size() > rules.maxChapters()) {
      throw new IllegalArgumentException(
          chapters.size()
              + " chapters: container '"
              + container
              + "' stores at most "
              + rules.maxChapters());
    }
    chapters.forEach(chapter -> checkTitle(chapter, rules.maxChapterTitle()));
    Chapter first = chapters.get(0);
    if (rules.startsChaptersAtZero() && first.start().toMillis() > 0) {
      notes.add(
          "chapter '"
              + first.title()
              + "' starts at 0 instead of "
              + first.start()
              + " for readers of "
              + container
              + ", whose chapters have no gap before them: add one at 0");
    }
  }

  private void checkTitle(Chapter chapter, int max) {
    int bytes = chapter.title().getBytes(UTF_8).length;
    if (bytes > max) {
      throw new IllegalArgumentException(
          "title of the chapter at "
              + chapter.start()
              + " has "
              + bytes
              + " bytes of UTF-8: container '"
              + container
              + "' stores at most "
              + max);
    }
  }

  /** Returns the tags that state the chapters, for containers that store them so. */
  Map<String, String> comments() {
    Map<String, String> comments = new LinkedHashMap<>();
    if (form == TagRules.Chapters.AS_COMMENTS) {
      for (int i = 0; i < chapters.size(); i++) {
        Chapter chapter = chapters.get(i);
        String name = String.format(Locale.ROOT, "CHAPTER%03d", i);
        comments.put(name, clock(chapter.start().toMillis()));
        comments.put(name + "NAME", chapter.title());
      }
    }
    return comments;
  }

  private static String clock(long millis) {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }

  /** Adds the chapters before the header, unless they come with the trailer. */
  void beforeHeader(AVFormatContext output) throws EncoderException {
    boolean inHeader =
        form == TagRules.Chapters.AT_HEADER || (form == TagRules.Chapters.AT_TRAILER && !atTrailer);
    if (inHeader) {
      add(output);
    }
  }

  /** Takes note of a packet, in the muxer's time base. */
  void extend(AVPacket packet, AVRational base) {
    if (!chapters.isEmpty() && packet.pts() != AV_NOPTS_VALUE) {
      double seconds = (double) (packet.pts() + packet.duration()) * base.num() / base.den();
      end = Math.max(end, Math.round(seconds * MILLIS));
    }
  }

  /** Adds the chapters before the trailer, and reports those beyond the end. */
  void beforeTrailer(AVFormatContext output) throws EncoderException {
    if (form == TagRules.Chapters.NONE) {
      return;
    }
    for (Chapter chapter : chapters) {
      if (chapter.start().toMillis() >= Math.max(end, 1)) {
        notes.add(
            "chapter '"
                + chapter.title()
                + "' starts at "
                + chapter.start()
                + ", not before the end of the file");
      }
    }
    if (atTrailer) {
      add(output);
    }
  }

  private void add(AVFormatContext output) throws EncoderException {
    if (chapters.isEmpty()) {
      return;
    }
    // the context owns the list, and each chapter as soon as it is in the list
    PointerPointer<AVChapter> list =
        new PointerPointer<>(allocated((long) chapters.size() * Loader.sizeof(Pointer.class)));
    output.chapters(list);
    for (int i = 0; i < chapters.size(); i++) {
      AVChapter struct = new AVChapter(allocated(Loader.sizeof(AVChapter.class)));
      list.put(i, struct);
      output.nb_chapters(i + 1);
      fill(struct, i);
    }
  }

  private void fill(AVChapter struct, int index) throws EncoderException {
    long start = chapters.get(index).start().toMillis();
    struct.id(index);
    struct.time_base().num(1).den(MILLIS);
    struct.start(start);
    struct.end(
        index + 1 < chapters.size()
            ? chapters.get(index + 1).start().toMillis()
            : Math.max(start + 1, end));
    struct.metadata(Metadata.of(Map.of("title", chapters.get(index).title())));
  }

  private static Pointer allocated(long size) throws EncoderException {
    return Av.allocated(av_mallocz(size), "allocate the chapters");
  }
}
