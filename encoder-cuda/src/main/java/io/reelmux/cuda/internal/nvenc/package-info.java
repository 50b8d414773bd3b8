/** What is known of NVIDIA's encoders: their names, their messages, their limits. */
@NullMarked
package io.reelmux.cuda.internal.nvenc;

import org.jspecify.annotations.NullMarked;
