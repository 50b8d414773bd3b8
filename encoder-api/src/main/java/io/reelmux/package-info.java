/**
 * Encodes video frames and audio samples into media files.
 *
 * <p>Start with {@link io.reelmux.Encoder}, whose documentation has complete examples. It is
 * created directly or by {@link io.reelmux.Encoder.Builder}, which has the container-wide settings.
 *
 * <ul>
 *   <li>Streams: {@link io.reelmux.VideoOptions} and {@link io.reelmux.AudioOptions} describe the
 *       input and the encoding of a stream; {@link io.reelmux.VideoStream} and {@link
 *       io.reelmux.AudioStream} are what frames and samples are added to. {@link
 *       io.reelmux.FrameRate}, {@link io.reelmux.ColorSpec}, {@link io.reelmux.Quality} and {@link
 *       io.reelmux.Device} are the values of settings.
 *   <li>Video input: {@link io.reelmux.VideoFrame} is one frame, {@link io.reelmux.VideoFrames} a
 *       batch in one buffer, {@link io.reelmux.DeviceFrames} a batch in GPU memory; {@link
 *       io.reelmux.PixelLayout} lists their layouts.
 *   <li>Audio input: {@link io.reelmux.AudioSamples}, in one of the layouts of {@link
 *       io.reelmux.SampleLayout}, or {@code float[channels][n]}.
 *   <li>Output other than a file: {@link io.reelmux.ByteArrayOutput} in memory, {@link
 *       io.reelmux.SeekableOutputStream} for your own destinations, {@link
 *       io.reelmux.PacketListener} for encoded packets.
 *   <li>Results: {@link io.reelmux.EncodingResult} states what was written, {@link
 *       io.reelmux.EncoderException} why the native library failed, {@link
 *       io.reelmux.ProgressListener} how far the encoder has come.
 *   <li>{@link io.reelmux.EncoderCatalog} lists the encoders, containers and devices at hand.
 * </ul>
 *
 * <p>All values (options, frames, samples, results) are immutable. Parameters and results are not
 * null unless annotated otherwise.
 */
@NullMarked
package io.reelmux;

import org.jspecify.annotations.NullMarked;
