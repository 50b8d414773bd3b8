package io.reelmux;

/**
 * A hardware encoder of a GPU.
 *
 * @param name the name of the implementation ({@code h264_nvenc})
 * @param codec the name of the codec ({@code h264})
 * @param minWidth minimum width in pixels
 * @param minHeight minimum height in pixels
 * @param maxWidth maximum width in pixels
 * @param maxHeight maximum height in pixels
 * @param tenBit whether it supports 10-bit encoding
 * @param bFrames whether it supports B-frames
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
