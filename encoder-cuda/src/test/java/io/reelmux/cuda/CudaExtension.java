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
    if (hasBoard()) {
      return ConditionEvaluationResult.enabled("there is a board");
    }
    String missing = "There is no NVIDIA board with a driver on this machine.";
    if (System.getenv("FAIL_WITHOUT_CUDA") != null) {
      throw new AssertionError(missing + " FAIL_WITHOUT_CUDA is set.");
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  private static boolean hasBoard() {
    try {
      return EncoderCatalog.load().devices().stream()
          .anyMatch(board -> board.device().equals(Device.cuda()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
