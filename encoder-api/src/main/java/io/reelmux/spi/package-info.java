/**
 * The service provider interface that encoding backends implement.
 *
 * <p>Start with {@link io.reelmux.spi.EncoderBackend}, which {@link java.util.ServiceLoader} finds.
 * It checks a {@link io.reelmux.spi.SessionRequest} and opens an {@link
 * io.reelmux.spi.EncodingSession}, whose {@link io.reelmux.spi.VideoInput} and {@link
 * io.reelmux.spi.AudioInput} encode one stream each, whose {@link io.reelmux.spi.PacketWriter} and
 * {@link io.reelmux.spi.SubtitleInput} write streams that need no encoder, and which writes to a
 * {@link io.reelmux.spi.Destination}. {@link io.reelmux.spi.HostMemory} reads the caller's frames
 * and samples. {@link io.reelmux.spi.CatalogSource} answers the queries of {@link
 * io.reelmux.EncoderCatalog}.
 *
 * <p>{@link io.reelmux.Encoder} guards the session: it checks the state, serializes the calls on a
 * stream, and releases the session once, after the last call has returned. A backend receives legal
 * calls only.
 */
@NullMarked
package io.reelmux.spi;

import org.jspecify.annotations.NullMarked;
