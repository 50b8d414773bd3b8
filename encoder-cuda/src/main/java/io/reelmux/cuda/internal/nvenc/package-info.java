/** What is known about NVENC encoders: names, messages, limits. */
@NullMarked
package io.reelmux.cuda.internal.nvenc;

import org.jspecify.annotations.NullMarked;
