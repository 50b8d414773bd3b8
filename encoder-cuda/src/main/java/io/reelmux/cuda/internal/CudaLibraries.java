package io.reelmux.cuda.internal;

/** Placeholder for the first commit. */
final class CudaLibraries {
  private CudaLibraries() {}
}
