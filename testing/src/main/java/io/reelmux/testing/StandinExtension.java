package io.reelmux.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** See {@link RequiresStandin}. */
final class StandinExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Standin.isBuilt()) {
      return ConditionEvaluationResult.enabled("The stand-in driver is built.");
    }
    String missing =
        "There is no stand-in driver in %s: it needs a C compiler on Linux x86-64."
            .formatted(Standin.folder());
    if (Programs.areRequired()) {
      throw new AssertionError(missing);
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Standin.load();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Standin.load().reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Standin.load().assertNothingLeft();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Standin.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Standin.load();
  }
}
