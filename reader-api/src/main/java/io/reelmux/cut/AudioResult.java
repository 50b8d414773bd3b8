package io.reelmux.cut;

import java.io.Serializable;

/**
 * Audio that was encoded, and where it is.
 *
 * @param location the file or another name of the place, as the program knows it
 * @param samples the number of samples per channel
 * @param bytes the size of the file in bytes
 * @param backend the name, version and license of the native library that was used
 */
public record AudioResult(String location, long samples, long bytes, String backend)
    implements Serializable {}
