/** Hadoop's file systems, and how files are published. Knows nothing of clips. */
@NullMarked
package io.reelmux.spark.internal;

import org.jspecify.annotations.NullMarked;
