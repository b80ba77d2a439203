package io.vtlb.conformance.torture;

import io.vtlb.conformance.process.OwnClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a misbehaving target is started, and what it has left behind. */
final class TortureProgram {

  private static final String NAME = "VTLB_TORTURE";
  private static final List<String> FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:+UseSerialGC",
          "-Xmx800m",
          // It would stay in the folder for temporary files where the process is ended by force.
          "-XX:-UsePerfData");

  private TortureProgram() {}

  /**
   * The words of a command.
   *
   * @param id marks its processes
   * @param further arguments that the way to misbehave needs
   */
  static List<String> command(Way way, String id, String... further) {
    List<String> words = new ArrayList<>();
    if (way == Way.SIGSEGV) {
      words.addAll(List.of("sh", "-c", "ulimit -c 0; \"$@\"; kill -SEGV $$", "sh"));
    }
    words.addAll(List.of("env", NAME + "=" + id, java()));
    words.addAll(FLAGS);
    words.addAll(List.of("-cp", OwnClassPath.tests(), TortureTarget.class.getName(), way.name()));
    words.addAll(List.of(further));
    words.add(id);
    return words;
  }

  /** The same for {@code --target}. */
  static String option(List<String> command) {
    return command.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "exec:", ""));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The processes that live and belong to such a command, each with its command line. */
  static List<String> left(String id) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> words(process).contains(id) || environment(process).contains(id))
        .map(process -> process.pid() + " " + words(process))
        .toList();
  }

  private static String words(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
