package io.vtlb.conformance.process;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A process and all that it has started, those included that have left it: they are known by having
 * been seen below it, by a mark in their environment, or by the pipes that they hold, the last two
 * where the system shows them (Linux's /proc).
 */
final class ProcessTree {

  /** The environment variable that marks what belongs to one target. */
  static final String MARK = "VTLB_TARGET_MARK";

  private static final int ROUNDS = 10;
  private static final long END_NANOS = 1_000_000_000;
  private static final long LOOK_NANOS = 500_000;

  private final ProcessHandle root;
  private final String mark;
  private final Set<String> pipes;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

  /**
   * @param root has just been started
   * @param mark the value of {@link #MARK} in its environment
   */
  ProcessTree(ProcessHandle root, String mark) {
    this.root = root;
    this.mark = mark;
    this.pipes = ProcFiles.pipes(root.pid());
  }

  boolean isRootAlive() {
    return ProcFiles.isLiving(root);
  }

  /**
   * Ends those that live now, without waiting for them.
   *
   * @param holders also whoever else holds the pipes of the process
   */
  void strike(boolean holders) {
    living(holders).forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends all of them, however often they start others meanwhile, within reason. */
  void end() {
    end(false);
  }

  /** The same, and whoever else holds the pipes of the process. */
  void endWithHolders() {
    end(true);
  }

  private void end(boolean holders) {
    for (int round = 0; round < ROUNDS; round++) {
      Set<ProcessHandle> living = living(holders);
      if (living.isEmpty()) {
        return;
      }
      living.forEach(ProcessHandle::destroyForcibly);
      living.forEach(ProcessTree::awaitEnd);
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    long end = System.nanoTime() + END_NANOS;
    while (ProcFiles.isLiving(process) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private Set<ProcessHandle> living(boolean holders) {
    Set<ProcessHandle> living = new LinkedHashSet<>();
    // First, so that it does not see the others go.
    living.add(root);
    root.descendants().forEach(living::add);
    living.addAll(seen);
    ProcFiles.marked(MARK + "=" + mark).forEach(living::add);
    if (holders) {
      ProcFiles.holding(pipes).forEach(living::add);
    }
    living.removeIf(process -> !ProcFiles.isLiving(process));
    return living;
  }

  /** Resident memory of the process and what it has started, in bytes; 0 where it is not shown. */
  long residentBytes() {
    root.descendants().forEach(seen::add);
    seen.removeIf(process -> !ProcFiles.isLiving(process));
    long bytes = ProcFiles.residentBytes(root.pid());
    for (ProcessHandle process : seen) {
      bytes += ProcFiles.residentBytes(process.pid());
    }
    return bytes;
  }
}
