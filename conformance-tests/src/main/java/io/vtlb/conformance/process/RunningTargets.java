package io.vtlb.conformance.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of targets that run now; none of them outlives this process, if it is let end. */
public final class RunningTargets {

  private static final Set<ProcessTree> TREES = ConcurrentHashMap.newKeySet();
  private static final Set<ScratchFolder> FOLDERS = ConcurrentHashMap.newKeySet();

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

  /** A folder of a target's, which is removed with all that is in it when this process ends. */
  static void add(ScratchFolder folder) {
    FOLDERS.add(folder);
  }

  static void remove(ScratchFolder folder) {
    FOLDERS.remove(folder);
  }

  /** Ends all of them, and removes what they leave. */
  public static void endAll() {
    TREES.forEach(ProcessTree::end);
    FOLDERS.forEach(ScratchFolder::delete);
  }
}
