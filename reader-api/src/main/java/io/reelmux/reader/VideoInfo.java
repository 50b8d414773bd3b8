package io.reelmux.reader;

import io.reelmux.ColorSpec;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.HdrMetadata;
import io.reelmux.SampleAspectRatio;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a file says of a video stream.
 *
 * @param facts what streams of every kind have
 * @param width the width in pixels as shown: after {@code rotation}
 * @param height the height in pixels as shown: after {@code rotation}
 * @param codedWidth the width in pixels as decoded
 * @param codedHeight the height in pixels as decoded
 * @param sampleAspectRatio the shape of a pixel as decoded; 1:1 if the file does not say
 * @param rotation the degrees by which decoded frames are turned clockwise to be shown: 0, 90, 180
 *     or 270
 * @param flipped whether frames are mirrored left to right before they are turned
 * @param pixelFormat FFmpeg's name of the decoded format
 * @param bitDepth bits of a component
 * @param alpha whether frames have alpha
 * @param color the colors of decoded frames
 * @param colorGuessed whether the file leaves a part of {@code color} open: BT.709 from 720 lines
 *     on, otherwise BT.601
 * @param hdr the mastering display and content light, as the container states them, or else the
 *     codec in the first key frame; that frame is looked at on opening, if the transfer function is
 *     PQ or HLG, or is not stated and components have more than 8 bits. Empty if no mastering
 *     display is stated, even if a content light level is
 * @param fieldOrder how interlaced frames are to be shown; {@link FieldOrder#PROGRESSIVE} also if
 *     the file does not say
 * @param frameRate the frame rate that the header states; empty if it states none
 * @param frameRateEstimated whether {@code frameRate} is an estimate from the first packets; only
 *     {@link VideoReader#index} tells whether all frames keep it
 * @param framesInHeader the number of frames that the header states; often missing or wrong, {@link
 *     VideoReader#frameCount} is exact
 */
public record VideoInfo(
    StreamFacts facts,
    int width,
    int height,
    int codedWidth,
    int codedHeight,
    SampleAspectRatio sampleAspectRatio,
    int rotation,
    boolean flipped,
    String pixelFormat,
    int bitDepth,
    boolean alpha,
    ColorSpec color,
    boolean colorGuessed,
    Optional<HdrMetadata> hdr,
    FieldOrder fieldOrder,
    Optional<FrameRate> frameRate,
    boolean frameRateEstimated,
    OptionalLong framesInHeader)
    implements StreamInfo {}
