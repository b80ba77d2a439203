package io.vtlb.conformance.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The processes of targets that run now; none of them outlives this process, if it is let end. */
public final class RunningTargets {

  private static final Object LOCK = new Object();
  private static final Set<ProcessTree> TREES = new HashSet<>();
  private static final Set<ScratchFolder> FOLDERS = new HashSet<>();
  private static boolean ending;

  static {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(RunningTargets::endAll, "vtlb-targets-at-exit"));
    } catch (IllegalStateException e) {
      // This process is about to end, and has started nothing.
    }
  }

  /** A process that has just been started. */
  record Started(Process process, ProcessTree tree) {}

  private RunningTargets() {}

  /** Starts a process, unless this one is about to end. */
  static Started start(List<String> command) throws IOException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(ProcessTree.MARK, mark);
    synchronized (LOCK) {
      if (ending) {
        throw new IOException("vtlb is about to end");
      }
      Process process = builder.start();
      ProcessTree tree = new ProcessTree(process.toHandle(), mark);
      TREES.add(tree);
      return new Started(process, tree);
    }
  }

  static void remove(ProcessTree tree) {
    synchronized (LOCK) {
      TREES.remove(tree);
    }
  }

  /** A folder of a target's, which is removed with all that is in it when this process ends. */
  static void add(ScratchFolder folder) {
    synchronized (LOCK) {
      FOLDERS.add(folder);
    }
  }

  static void remove(ScratchFolder folder) {
    synchronized (LOCK) {
      FOLDERS.remove(folder);
    }
  }

  /** Ends all of them for good, and removes what they leave: from now on, none can be started. */
  public static void endAll() {
    List<ProcessTree> trees;
    List<ScratchFolder> folders;
    synchronized (LOCK) {
      ending = true;
      trees = List.copyOf(TREES);
      folders = List.copyOf(FOLDERS);
    }
    trees.forEach(ProcessTree::end);
    folders.forEach(ScratchFolder::delete);
  }
}
