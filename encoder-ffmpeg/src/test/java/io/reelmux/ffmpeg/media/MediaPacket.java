package io.reelmux.ffmpeg.media;

/** A packet as demuxed, edit lists applied; the payload as length and checksum. */
record MediaPacket(
    long pts, long dts, long duration, boolean key, boolean discard, int size, long checksum) {}
