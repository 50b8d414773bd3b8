package io.reelmux.demos.transcode;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** See {@link RequiresStandin}. */
final class StandinExtension
    implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (!Standin.isHere()) {
      return ConditionEvaluationResult.disabled("This JVM is not the one of the stand-in driver.");
    }
    if (Standin.isBuilt()) {
      return ConditionEvaluationResult.enabled("The stand-in driver is there.");
    }
    String missing =
        "There is no stand-in driver in %s: it needs a C compiler on Linux x86-64."
            .formatted(Standin.folder());
    if (isRequired()) {
      throw new AssertionError(missing);
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  private static boolean isRequired() {
    return "true".equals(System.getenv("CI"))
        || "required".equals(System.getProperty("reelmux.programs"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Standin.load();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Standin.forget();
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Standin.assertNothingLeft();
  }
}
