/**
 * Many clips, or one long video, encoded by an Apache Spark job.
 *
 * <p>{@link io.reelmux.spark.Clips} encodes one file for each element of an RDD and publishes all
 * of them together, exactly once. What an element is, and how its file is encoded, is a {@link
 * io.reelmux.spark.ClipEncoder}; {@link io.reelmux.spark.ImageFolders} and {@link
 * io.reelmux.spark.MediaFiles} are ready. Files are read and written through Hadoop's file systems.
 */
@NullMarked
package io.reelmux.spark;

import org.jspecify.annotations.NullMarked;
