package io.vtlb.conformance.worker;

import io.vtlb.conformance.run.Limits;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a worker is started: the JVM of this process, with the same modules or class path. */
final class WorkerCommand {

  /** The class with the worker's {@code main}; it is in a package that knows all targets. */
  private static final String MAIN = "io.vtlb.conformance.child.Worker";

  private static final String MODULE = "io.vtlb.conformance";

  private WorkerCommand() {}

  /**
   * The command.
   *
   * @param target what to test, by its name on the command line
   * @param classPath where Java targets are found
   * @param progress the file that the worker notes its progress in
   * @param crash the file that the JVM describes its end in, if it is ended by a signal
   */
  static List<String> of(
      String target, List<Path> classPath, Path progress, Path crash, Limits limits) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:-UsePerfData");
    command.add("-Djava.io.tmpdir=" + crash.getParent());
    command.add("-XX:ErrorFile=" + crash);
    command.add("-Xmx" + heapMebibytes(limits) + "m");
    command.add("-Dstdout.encoding=UTF-8");
    @Nullable String modules = System.getProperty("jdk.module.path");
    if (modules != null && WorkerCommand.class.getModule().isNamed()) {
      command.addAll(List.of("--enable-native-access=" + MODULE, "-p", modules));
      command.addAll(List.of("-m", MODULE + "/" + MAIN));
    } else {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    }
    command.add(target);
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(progress.toString());
    command.add(String.valueOf(limits.event().toMillis()));
    command.add(String.valueOf(limits.sequence().toMillis()));
    return command;
  }

  /** Less than the limit of the process, so that a Java target runs out of heap first. */
  private static long heapMebibytes(Limits limits) {
    return Math.max(64, (limits.memoryBytes() >> 20) * 3 / 4);
  }
}
