/**
 * Entry point of the FFmpeg backend. {@link java.util.ServiceLoader} finds it; programs rarely name
 * it. Everything else is in packages that the module does not export to programs.
 */
@NullMarked
package io.reelmux.ffmpeg;

import org.jspecify.annotations.NullMarked;
