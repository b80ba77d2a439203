package io.vtlb.conformance.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A process and all that it has started, those included that have left it: they are found by a mark
 * in their environment, where the system shows it (Linux's /proc).
 */
final class ProcessTree {

  /** The environment variable that marks what belongs to one target. */
  static final String MARK = "VTLB_TARGET_MARK";

  private static final Path PROC = Path.of("/proc");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final ProcessHandle root;
  private final String mark;

  ProcessTree(ProcessHandle root, String mark) {
    this.root = root;
    this.mark = mark;
  }

  /** Ends all of them, however often they start others meanwhile, within reason. */
  void end() {
    for (int round = 0; round < 10; round++) {
      Set<ProcessHandle> living = living();
      if (living.isEmpty()) {
        return;
      }
      living.forEach(ProcessHandle::destroyForcibly);
      living.forEach(ProcessTree::awaitEnd);
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    long end = System.nanoTime() + 1_000_000_000;
    while (process.isAlive() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private Set<ProcessHandle> living() {
    Set<ProcessHandle> living = new HashSet<>();
    root.descendants().filter(ProcessHandle::isAlive).forEach(living::add);
    if (root.isAlive()) {
      living.add(root);
    }
    marked(living);
    return living;
  }

  private void marked(Set<ProcessHandle> into) {
    if (!Files.isDirectory(PROC)) {
      return;
    }
    String sought = MARK + "=" + mark;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC)) {
      for (Path process : processes) {
        String pid = process.getFileName().toString();
        if (NUMBER.matcher(pid).matches() && hasInEnvironment(process, sought)) {
          ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).ifPresent(into::add);
        }
      }
    } catch (IOException e) {
      // Without /proc only those are found that have not left the process.
    }
  }

  private static boolean hasInEnvironment(Path process, String sought) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0")
          .contains("\0" + sought + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  /** Resident memory of the process and what it has started, in bytes; 0 where it is not shown. */
  long residentBytes() {
    long bytes = residentBytes(root.pid());
    for (ProcessHandle child : root.descendants().toList()) {
      bytes += residentBytes(child.pid());
    }
    return bytes;
  }

  private static long residentBytes(long pid) {
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
    return 0;
  }
}
