package io.reelmux.reader.spi;

import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Limits;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is opened, and how. Either {@code source} or {@code url} is present.
 *
 * @param source where the bytes come from; the backend never closes it
 * @param url what the library itself connects to
 * @param fileName a name whose extension helps to recognize the container; never opened
 * @param format the name of the demuxer; empty to recognize it
 * @param options the demuxer's options, and for {@code url} those of its protocol
 * @param limits what the file may cost; the reader itself watches the deadline
 * @param check tells when a call must end
 */
public record OpenRequest(
    Optional<ByteSource> source,
    Optional<URI> url,
    Optional<String> fileName,
    Optional<String> format,
    Map<String, String> options,
    Limits limits,
    CallCheck check) {

  /** Copies the options, which keep their order. */
  public OpenRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
