/** The command {@code reelmux}: encode, transcode, describe and diagnose from a shell. */
@NullMarked
package io.reelmux.cli;

import org.jspecify.annotations.NullMarked;
