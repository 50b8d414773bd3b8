/** Tests of the command. */
@NullMarked
package io.reelmux.cli;

import org.jspecify.annotations.NullMarked;
