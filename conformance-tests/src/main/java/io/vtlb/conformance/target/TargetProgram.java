package io.vtlb.conformance.target;

import io.vtlb.conformance.process.CommandWords;
import io.vtlb.conformance.protocol.ExecHarness;
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
   */
  static TargetSource source(
      String name, String command, Limits limits, UnaryOperator<Target> view) {
    List<String> words = words(name, command);
    return new TargetSource(
        name,
        describe(name, words, limits),
        () -> new ExecHarness(words, limits, view),
        Optional.of(limits));
  }

  private static List<String> words(String name, String command) {
    try {
      return CommandWords.of(command);
    } catch (IllegalArgumentException e) {
      throw new UnusableTarget("target " + name + ": " + e.getMessage());
    }
  }

  private static Description describe(String name, List<String> words, Limits limits) {
    try (ExecHarness harness = new ExecHarness(words, limits)) {
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
