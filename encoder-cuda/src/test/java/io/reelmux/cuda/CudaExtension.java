package io.reelmux.cuda;

import io.reelmux.Device;
import io.reelmux.EncoderCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** See {@link RequiresCuda}. */
final class CudaExtension implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (hasGpu()) {
      return ConditionEvaluationResult.enabled("there is a GPU");
    }
    String missing = "This machine has no NVIDIA GPU with a driver.";
    if (System.getenv("FAIL_WITHOUT_CUDA") != null) {
      throw new AssertionError(missing + " FAIL_WITHOUT_CUDA is set.");
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  private static boolean hasGpu() {
    try {
      return EncoderCatalog.load().devices().stream()
          .anyMatch(gpu -> gpu.device().equals(Device.cuda()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
