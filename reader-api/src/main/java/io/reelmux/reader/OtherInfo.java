package io.reelmux.reader;

/**
 * A stream of subtitles, data or a cover: it has packets, but neither frames nor samples.
 *
 * @param facts what streams of every kind have
 * @param kind FFmpeg's name of the kind: {@code subtitle}, {@code data}, {@code attachment}, {@code
 *     cover} or {@code unknown}
 */
public record OtherInfo(StreamFacts facts, String kind) implements StreamInfo {}
