/**
 * Readers of finished files, which demux and decode with FFmpeg's libraries and nothing of Reelmux.
 */
@NullMarked
package io.reelmux.testing.media;

import org.jspecify.annotations.NullMarked;
