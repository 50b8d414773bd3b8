package io.reelmux;

/**
 * An encoder of a GPU.
 *
 * @param name name of the implementation ({@code h264_nvenc})
 * @param codec name of the codec ({@code h264})
 * @param minWidth least width in pixels that is accepted
 * @param minHeight least height in pixels that is accepted
 * @param maxWidth greatest width in pixels
 * @param maxHeight greatest height in pixels
 * @param tenBit whether it encodes pictures of 10 bits
 * @param bFrames whether it makes B-frames
 */
public record DeviceEncoder(
    String name,
    String codec,
    int minWidth,
    int minHeight,
    int maxWidth,
    int maxHeight,
    boolean tenBit,
    boolean bFrames) {}
