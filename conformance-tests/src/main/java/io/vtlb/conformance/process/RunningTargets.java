package io.vtlb.conformance.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of targets that run now; none of them outlives this process, if it is let end. */
public final class RunningTargets {

  private static final Set<ProcessTree> TREES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(RunningTargets::endAll, "vtlb-targets-at-exit"));
  }

  private RunningTargets() {}

  static void add(ProcessTree tree) {
    TREES.add(tree);
  }

  static void remove(ProcessTree tree) {
    TREES.remove(tree);
  }

  /** Ends all of them. */
  public static void endAll() {
    TREES.forEach(ProcessTree::end);
  }
}
