/** What is in a media file: its streams, their formats and frame rates. */
@NullMarked
package io.reelmux.demos.transcode.media;

import org.jspecify.annotations.NullMarked;
