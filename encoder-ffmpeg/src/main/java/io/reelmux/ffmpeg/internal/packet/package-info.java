/**
 * Encoded packets as they come from and go to the caller: {@link
 * io.reelmux.ffmpeg.internal.packet.PacketCopier} checks and converts what is fed in, {@link
 * io.reelmux.ffmpeg.internal.packet.StreamDescriptions} describes streams both ways. May depend on
 * {@code container} and {@code av}.
 */
@NullMarked
package io.reelmux.ffmpeg.internal.packet;

import org.jspecify.annotations.NullMarked;
