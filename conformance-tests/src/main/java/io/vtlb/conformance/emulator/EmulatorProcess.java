package io.vtlb.conformance.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The emulator's process: a byte in starts a batch, a byte out says that it is done. */
final class EmulatorProcess implements AutoCloseable {

  private static final int DONE = 'D';
  private static final int READY = 'R';
  private static final int LAST_WORDS = 400;

  private final Process process;
  private final InputStream fromEmulator;
  private final OutputStream toEmulator;
  private final Path folder;
  private final Path errors;
  private final Duration patience;
  private final Thread atExit;

  private EmulatorProcess(Process process, Path folder, Path errors, Duration patience) {
    this.process = process;
    this.fromEmulator = process.getInputStream();
    this.toEmulator = process.getOutputStream();
    this.folder = folder;
    this.errors = errors;
    this.patience = patience;
    this.atExit = new Thread(process::destroyForcibly, "emulator-at-exit");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts the emulator and waits until its runner is there. */
  static EmulatorProcess start(EmulatorOptions options, Path folder, Path memory, Path rom)
      throws IOException {
    Path errors = folder.resolve("stderr");
    Process process =
        new ProcessBuilder(command(options, memory, rom)).redirectError(errors.toFile()).start();
    EmulatorProcess started = new EmulatorProcess(process, folder, errors, options.patience());
    try {
      started.await(READY);
      return started;
    } catch (EmulatorException e) {
      started.close();
      throw e;
    }
  }

  private static List<String> command(EmulatorOptions options, Path memory, Path rom) {
    long mebibytes = MemoryLayout.BYTES >> 20;
    return List.of(
        options.executable(),
        "-no-user-config",
        "-nodefaults",
        "-display",
        "none",
        "-no-reboot",
        "-accel",
        "tcg",
        "-cpu",
        "max,+svm,phys-bits=" + options.physicalAddressBits(),
        "-machine",
        "pc,memory-backend=ram,max-ram-below-4g=3G",
        "-m",
        mebibytes + "M",
        "-object",
        "memory-backend-file,id=ram,share=on,mem-path=" + memory + ",size=" + mebibytes + "M",
        "-bios",
        rom.toString(),
        "-chardev",
        "stdio,id=link,signal=off",
        "-serial",
        "chardev:link");
  }

  /** Has the batch in memory run. */
  void runBatch() {
    try {
      toEmulator.write('G');
      toEmulator.flush();
    } catch (IOException e) {
      throw given("is gone");
    }
    await(DONE);
  }

  private void await(int expected) {
    Thread watchdog =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(patience);
                process.destroyForcibly();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    int answer;
    try {
      answer = fromEmulator.read();
    } catch (IOException e) {
      answer = -1;
    } finally {
      watchdog.interrupt();
    }
    if (answer != expected) {
      throw given(
          answer < 0
              ? "ended, or did not answer in " + patience.toSeconds() + " seconds"
              : "answered " + answer);
    }
  }

  private EmulatorException given(String what) {
    String words = "";
    try {
      if (Files.exists(errors)) {
        words = ": " + Files.readString(errors, StandardCharsets.UTF_8).strip();
      }
    } catch (IOException e) {
      words = "; its last words cannot be read";
    }
    close();
    return new EmulatorException(
        "the emulator " + what + words.substring(0, Math.min(LAST_WORDS, words.length())));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Files.deleteIfExists(errors);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // An empty folder among the temporary files stays behind.
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook has run or will.
    }
  }
}
