package io.reelmux;

import io.reelmux.spi.EncodingSession;
import java.io.IOException;

/** What a stream does with the session once the call has been found legal. */
@FunctionalInterface
interface Operation {
  void run(EncodingSession session) throws IOException;
}
