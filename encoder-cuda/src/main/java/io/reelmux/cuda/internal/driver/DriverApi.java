package io.reelmux.cuda.internal.driver;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import java.lang.System.Logger.Level;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the CUDA driver bindings, once, and explains why they cannot be loaded. FFmpeg loads the
 * driver on its own: only frames in GPU memory, and the names of GPUs, need the bindings.
 */
public final class DriverApi {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");
  private static final String OPERATION = "load the CUDA driver bindings";

  /** Class initialization cannot be retried, and later attempts would not report the cause. */
  private static @Nullable LinkageError failure;

  private static boolean loaded;

  private DriverApi() {}

  /**
   * Loads the bindings.
   *
   * @throws EncoderException if they cannot be loaded, with what to do about it
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

  /** Why the bindings cannot be loaded; null if they are loaded. */
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
   * @param operation the attempted operation, for the message: "could not ..."
   * @param function name of the driver function
   * @throws EncoderException if the code is not success
   */
  public static void check(int code, String operation, String function) throws EncoderException {
    if (code != CUDA_SUCCESS) {
      throw Av.failure(code, operation, function + " returned " + name(code));
    }
  }

  /** Logs that the driver failed to free something; callers cannot do anything about it. */
  static void freed(int code, String function) {
    if (code != CUDA_SUCCESS) {
      LOGGER.log(Level.DEBUG, "{0} returned {1}", function, name(code));
    }
  }

  /** Logs that an owner failed to free something. */
  static void notFreed(Exception failure) {
    LOGGER.log(Level.DEBUG, "a CUDA driver object was not freed", failure);
  }

  private static String name(int code) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      boolean known = Cuda.cuGetErrorName(code, name) == CUDA_SUCCESS;
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
      return "CUDA's runtime library libcudart.so.13 is missing, which frames in GPU memory need."
          + " Install it (package cuda-cudart-13-3 from NVIDIA's repository, the CUDA 13 toolkit, or"
          + " pip install nvidia-cuda-runtime) and add its folder to LD_LIBRARY_PATH; frames in host"
          + " memory do not need it";
    }
    if (text.contains("libcuda.so") || text.contains("nvcuda")) {
      return "there is no NVIDIA driver: libcuda.so.1 cannot be loaded";
    }
    String platform = Loader.getPlatform();
    return "the native libraries of org.bytedeco:cuda cannot be loaded ("
        + text.strip().replace('\n', ' ')
        + "): add org.bytedeco:cuda with the classifier "
        + platform
        + " to the class path";
  }
}
