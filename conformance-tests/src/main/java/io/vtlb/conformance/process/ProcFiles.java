package io.vtlb.conformance.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What Linux shows of processes in /proc; nothing on other systems, nor of other users. */
final class ProcFiles {

  private static final Path PROC = Path.of("/proc");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int STREAMS = 3;

  private ProcFiles() {}

  /** The processes that have a setting, {@code NAME=VALUE}, in their environment. */
  static List<ProcessHandle> marked(String setting) {
    return living(process -> hasInEnvironment(process, setting));
  }

  /** The names of the pipes that are the three standard streams of a process. */
  static Set<String> pipes(long pid) {
    Set<String> pipes = new HashSet<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      String name = link(PROC.resolve(pid + "/fd/" + stream));
      if (name.startsWith("pipe:")) {
        pipes.add(name);
      }
    }
    return pipes;
  }

  /**
   * The processes that hold one of these pipes, without this one, which holds their other ends, and
   * its own children, which may hold them while they are being started.
   */
  static List<ProcessHandle> holding(Set<String> pipes) {
    long self = ProcessHandle.current().pid();
    return living(process -> holds(process, pipes)).stream()
        .filter(process -> process.pid() != self)
        .filter(process -> process.parent().map(ProcessHandle::pid).orElse(0L) != self)
        .toList();
  }

  /** True if a process runs; one that has ended may be shown until someone asks how. */
  static boolean isLiving(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String status = Files.readString(PROC.resolve(process.pid() + "/stat"), ISO_8859_1);
      return !status.substring(status.lastIndexOf(')') + 1).startsWith(" Z");
    } catch (IOException e) {
      return !Files.isDirectory(PROC.resolve("self"));
    }
  }

  /** The resident memory of a process, in bytes; 0 where it is not shown. */
  static long residentBytes(long pid) {
    try {
      for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
    return 0;
  }

  private static List<ProcessHandle> living(Predicate<Path> wanted) {
    List<ProcessHandle> living = new ArrayList<>();
    if (!Files.isDirectory(PROC)) {
      return living;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC)) {
      for (Path process : processes) {
        String pid = process.getFileName().toString();
        if (NUMBER.matcher(pid).matches() && wanted.test(process)) {
          ProcessHandle.of(Long.parseLong(pid)).ifPresent(living::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What could not be read is not shown.
    }
    return living;
  }

  private static boolean hasInEnvironment(Path process, String setting) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, ISO_8859_1) + "\0").contains("\0" + setting + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean holds(Path process, Set<String> pipes) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (pipes.contains(link(descriptor))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
    return false;
  }

  private static String link(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
