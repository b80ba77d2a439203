package io.vtlb.conformance.process;

import java.util.Optional;

/** The names of the signals that end processes, by their numbers on Linux. */
final class Signals {

  /** What shells and the JDK add to the number of a signal. */
  private static final int BASE = 128;

  private static final int LAST = 64;

  private Signals() {}

  /** The signal that an exit code stands for, if it does. */
  static Optional<String> of(int exitCode) {
    return exitCode > BASE && exitCode <= BASE + LAST
        ? Optional.of(name(exitCode - BASE))
        : Optional.empty();
  }

  private static String name(int number) {
    return switch (number) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 3 -> "SIGQUIT";
      case 4 -> "SIGILL";
      case 5 -> "SIGTRAP";
      case 6 -> "SIGABRT";
      case 7 -> "SIGBUS";
      case 8 -> "SIGFPE";
      case 9 -> "SIGKILL";
      case 10 -> "SIGUSR1";
      case 11 -> "SIGSEGV";
      case 12 -> "SIGUSR2";
      case 13 -> "SIGPIPE";
      case 14 -> "SIGALRM";
      case 15 -> "SIGTERM";
      case 24 -> "SIGXCPU";
      case 25 -> "SIGXFSZ";
      case 31 -> "SIGSYS";
      default -> "signal " + number;
    };
  }
}
