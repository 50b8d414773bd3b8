package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import java.lang.System.Logger.Level;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the bindings of the CUDA driver, once, and explains why they cannot be. FFmpeg loads the
 * driver by itself: only pictures in the memory of a GPU, and the names of boards, need these.
 */
public final class DriverApi {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");
  private static final String OPERATION = "load the bindings of the CUDA driver";

  /** A failed class initialisation cannot be repeated, and later attempts would not say why. */
  private static @Nullable LinkageError failure;

  /** What a call gives that a test makes fail (see {@link Av#fails}): out of memory. */
  static final int FAULT = CUDA_ERROR_OUT_OF_MEMORY;

  private static boolean loaded;

  private DriverApi() {}

  /**
   * Loads the bindings.
   *
   * @throws EncoderException if that is not possible, with what to do about it
   */
  @SuppressWarnings("StaticAssignmentOfThrowable") // see failure
  public static synchronized void load() throws EncoderException {
    if (loaded) {
      return;
    }
    LinkageError cause = failure;
    if (cause == null) {
      try {
        Loader.load(cudart.class);
        loaded = true;
        return;
      } catch (LinkageError e) {
        cause = e;
        failure = e;
      }
    }
    throw Av.failure(0, OPERATION, explain(cause), cause);
  }

  /** Why the bindings cannot be loaded; null if they are. */
  public static @Nullable EncoderException unavailableReason() {
    try {
      load();
      return null;
    } catch (EncoderException e) {
      return e;
    }
  }

  /**
   * Checks a return code of the driver.
   *
   * @param operation what was being done, for the message: "could not ..."
   * @param function the driver's function
   * @throws EncoderException if the code is not success
   */
  static void check(int code, String operation, String function) throws EncoderException {
    if (code != CUDA_SUCCESS) {
      throw Av.failure(code, operation, function + " returned " + name(code), null);
    }
  }

  /** Notes that the driver did not free something; there is nobody to whom it matters. */
  static void freed(int code, String function) {
    if (code != CUDA_SUCCESS) {
      LOGGER.log(Level.DEBUG, "{0} returned {1}", function, name(code));
    }
  }

  /** As {@link #freed} for an owner that throws. */
  static void notFreed(Exception failure) {
    LOGGER.log(Level.DEBUG, "something of the CUDA driver was not freed", failure);
  }

  private static String name(int code) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      boolean known = cuGetErrorName(code, name) == CUDA_SUCCESS;
      BytePointer text = known ? name.get(BytePointer.class, 0) : null;
      return text == null || text.isNull() ? "an unknown error" : text.getString();
    }
  }

  private static String explain(LinkageError error) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = error; t != null; t = t.getCause() == t ? null : t.getCause()) {
      all.append(t.getMessage()).append('\n');
    }
    String text = all.toString();
    if (text.contains("cudart.so") || text.contains("cudart64")) {
      return "CUDA's runtime library libcudart.so.13 is missing, which pictures in the memory of a"
          + " GPU need. Install it (package cuda-cudart-13-1 of NVIDIA's repository, the CUDA 13"
          + " toolkit, or pip install nvidia-cuda-runtime) and let LD_LIBRARY_PATH name its folder;"
          + " pictures in the host's memory do without";
    }
    if (text.contains("libcuda.so") || text.contains("nvcuda")) {
      return "there is no NVIDIA driver: libcuda.so.1 cannot be loaded";
    }
    String platform = Loader.getPlatform();
    return "the natives of org.bytedeco:cuda cannot be loaded ("
        + text.strip().replace('\n', ' ')
        + "): add org.bytedeco:cuda with the classifier "
        + platform
        + " to the class path";
  }
}
