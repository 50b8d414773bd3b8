/**
 * One long video, encoded in chunks on several threads or machines and joined without encoding it
 * again.
 *
 * <p>{@link io.reelmux.cut.ParallelEncoder} does all of it on the threads of one machine. A program
 * that distributes the work itself makes a {@link io.reelmux.cut.CutPlan}, encodes each of its
 * chunks with a {@link io.reelmux.cut.ChunkEncoder} anywhere, and joins the results with a {@link
 * io.reelmux.cut.Joiner}.
 */
@NullMarked
package io.reelmux.cut;

import org.jspecify.annotations.NullMarked;
