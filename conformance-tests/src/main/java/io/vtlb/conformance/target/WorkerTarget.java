package io.vtlb.conformance.target;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.conformance.worker.UnusableInWorker;
import io.vtlb.conformance.worker.WorkerHarness;
import io.vtlb.model.target.Description;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A target that is called directly, in a child process together with generator and monitor. */
final class WorkerTarget {

  private WorkerTarget() {}

  /**
   * The source of a target, which is set up at once to hear what it is.
   *
   * @param name the target's name on the command line
   */
  static TargetSource source(String name, List<Path> classPath, Limits limits) {
    WorkerHarness first = new WorkerHarness(name, classPath, limits);
    Description description = describe(name, first);
    AskedWorker asked = new AskedWorker(first);
    return new TargetSource(
        name,
        description,
        () -> asked.take().orElseGet(() -> new WorkerHarness(name, classPath, limits)),
        Optional.of(limits));
  }

  private static Description describe(String name, WorkerHarness harness) {
    try {
      return harness.describe();
    } catch (IOException e) {
      throw new UnusableTarget(
          "target %s: no child process can be started for it: %s".formatted(name, e.getMessage()));
    } catch (UnusableInWorker e) {
      throw new UnusableTarget(String.valueOf(e.getMessage()));
    } catch (TargetFailure e) {
      throw new FailedTarget(name, e.misbehaviour());
    }
  }
}
