package io.vtlb.conformance.target;

import io.vtlb.conformance.process.CommandWords;
import io.vtlb.conformance.protocol.ExecHarness;
import io.vtlb.conformance.protocol.Transcript;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Any program that speaks the target protocol. */
final class TargetProgram {

  private TargetProgram() {}

  /**
   * The source of a program, which is started once to hear what it is.
   *
   * @param name the target's name on the command line
   * @param command the program and its arguments, quoted as for a shell
   * @param view what the kit sees of the target of each sequence
   * @param transcript is shown what is said, already of that start
   */
  static TargetSource source(
      String name,
      String command,
      Limits limits,
      UnaryOperator<Target> view,
      Transcript transcript) {
    List<String> words = words(name, command);
    return new TargetSource(
        name,
        describe(name, words, limits, view, transcript),
        () -> new ExecHarness(words, limits, view, transcript),
        Optional.of(limits));
  }

  private static List<String> words(String name, String command) {
    try {
      return CommandWords.of(command);
    } catch (IllegalArgumentException e) {
      throw new UnusableTarget("target " + name + ": " + e.getMessage());
    }
  }

  private static Description describe(
      String name,
      List<String> words,
      Limits limits,
      UnaryOperator<Target> view,
      Transcript transcript) {
    try (ExecHarness harness = new ExecHarness(words, limits, view, transcript)) {
      return harness.describe();
    } catch (IOException e) {
      throw new UnusableTarget(
          "target %s cannot be started: %s; is the program there and executable?"
              .formatted(name, e.getMessage()));
    } catch (TargetFailure e) {
      throw new FailedTarget(name, e.misbehaviour());
    }
  }
}
