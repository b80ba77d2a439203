package io.vtlb.conformance.cli;

import io.vtlb.conformance.verify.VerificationPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says how often a target may fail before a run ends. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class RestartOption {

  private static final int MOST = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description =
          "How often a target that crashes, hangs or speaks nonsense is started again; when it does"
              + " once more, the run ends (default: "
              + VerificationPlan.USUAL_RESTARTS
              + ").")
  private int restarts = VerificationPlan.USUAL_RESTARTS;

  int chosen() {
    if (restarts < 0 || restarts > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--restarts must be 0 to " + MOST + ", not " + restarts);
    }
    return restarts;
  }
}
