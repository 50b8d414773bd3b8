package io.reelmux.reader.internal;

import io.reelmux.reader.ByteSource;

/** A source that does not keep the buffers that it fills, which may be native memory. */
interface TrustedSource extends ByteSource {}
