package io.vtlb.conformance.cli;

import io.vtlb.conformance.verify.Progress;
import java.io.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress on a terminal, on standard error; shows nothing where there is none. */
final class TerminalProgress implements Progress, AutoCloseable {

  private final @Nullable ProgressBar bar;

  private TerminalProgress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Progress of a task.
   *
   * @param total how many steps it has, or -1 if that is not known
   * @param silent true to show nothing in any case
   */
  static TerminalProgress of(String task, String unit, long total, boolean silent) {
    return new TerminalProgress(silent || !onTerminal() ? null : bar(task, unit, total));
  }

  private static ProgressBar bar(String task, String unit, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setUnit(" " + unit, 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .clearDisplayOnFinish()
        .build();
  }

  /** Error Prone knows JDK 22 to 24; in JDK 25 there is a console only on a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void at(long steps, int failures) {
    if (bar != null) {
      bar.stepTo(steps);
      if (failures > 0) {
        bar.setExtraMessage(failures + " failed");
      }
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
