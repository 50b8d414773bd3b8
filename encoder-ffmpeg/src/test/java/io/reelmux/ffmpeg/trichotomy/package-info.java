/** Whether every setting is in the file, refused, or named by a note. */
@NullMarked
package io.reelmux.ffmpeg.trichotomy;

import org.jspecify.annotations.NullMarked;
