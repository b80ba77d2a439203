package io.vtlb.conformance.doctor;

import io.vtlb.conformance.doctor.Part.Need;
import io.vtlb.conformance.emulator.Executable;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.worker.UnusableInWorker;
import io.vtlb.conformance.worker.WorkerHarness;
import io.vtlb.specs.generate.ShippedScenarios;
import io.vtlb.specs.proof.Prover;
import io.vtlb.specs.proof.SolverMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tries each part of the kit that depends on the machine. */
public final class Checkup {

  private static final int MILLIS = 1000;

  private Checkup() {}

  /** Every part, in the order of reports; each is tried when it is reached. */
  public static Stream<Part> parts() {
    return Stream.<Supplier<Part>>of(
            Checkup::java,
            Checkup::temporaryFiles,
            Checkup::worker,
            Checkup::generatedSet,
            Checkup::limits,
            Checkup::solver,
            () ->
                program(
                    "emulator",
                    "qemu-system-x86_64",
                    "check-emulator: QEMU's MMU as a witness",
                    "install QEMU for x86 (Debian: qemu-system-x86)"),
            () ->
                program(
                    "C compiler",
                    "cc",
                    "targets in C, as programs and libraries; their tests",
                    "install a C compiler (Debian: gcc)"),
            () ->
                program(
                    "Python",
                    "python3",
                    "targets in Python; their tests",
                    "install Python 3.9 or later (Debian: python3)"),
            () ->
                program(
                    "Rust",
                    "rustc",
                    "targets in Rust; their tests",
                    "install Rust (rustup, or Debian: rustc cargo)"))
        .map(Supplier::get);
  }

  private static Part java() {
    return Part.works(
        "Java",
        "everything",
        Need.NEEDED,
        "%s, %s".formatted(Runtime.version(), System.getProperty("java.vendor")));
  }

  private static Part temporaryFiles() {
    String use = "guest memory of libraries, progress of workers";
    try {
      Path file = Files.createTempFile("vtlb-doctor-", "");
      Files.delete(file);
      return Part.works("temporary files", use, Need.NEEDED, String.valueOf(file.getParent()));
    } catch (IOException e) {
      return Part.missing(
          "temporary files",
          use,
          Need.NEEDED,
          String.valueOf(e),
          "name a folder that can be written: VTLB_JAVA_OPTS=-Djava.io.tmpdir=DIR");
    }
  }

  /** With a target that ships, so that only the worker can fail. */
  private static Part worker() {
    String use = "targets as Java classes and native libraries (class:, service:, lib:)";
    String told;
    try (WorkerHarness harness = new WorkerHarness("bundled", List.of(), Limits.USUAL)) {
      harness.describe();
      return Part.works("worker", use, Need.NEEDED, "a child process starts and answers");
    } catch (IOException | UnusableInWorker e) {
      told = String.valueOf(e.getMessage());
    } catch (TargetFailure e) {
      told = e.misbehaviour().told() + " " + e.misbehaviour().lastWords().replace('\n', ' ');
    }
    return Part.missing(
        "worker", use, Need.NEEDED, told, "see docs/isolation.md; exec: targets need no worker");
  }

  private static Part generatedSet() {
    int sequences =
        ShippedScenarios.files().stream().mapToInt(file -> file.scenarios().size()).sum();
    return Part.works(
        "generated set",
        "verify --strategy smt and all",
        Need.NEEDED,
        sequences + " sequences ship with vtlb");
  }

  private static Part limits() {
    String use = "memory limits of targets, and processes that leave their target";
    return Files.isReadable(Path.of("/proc/self/status"))
        ? Part.works("/proc", use, Need.OPTIONAL, "processes can be looked at")
        : Part.missing(
            "/proc",
            use,
            Need.OPTIONAL,
            "there is none",
            "only Linux has it; what a target may do without it: docs/isolation.md");
  }

  private static Part solver() {
    String use = "prove, generate";
    try {
      return Part.works("Z3", use, Need.OPTIONAL, new Prover(MILLIS).version());
    } catch (SolverMissing e) {
      return Part.missing(
          "Z3",
          use,
          Need.OPTIONAL,
          String.valueOf(e.getMessage()),
          "it is part of vtlb for Linux, macOS and Windows on x86-64 and ARM64");
    }
  }

  private static Part program(String name, String program, String use, String remedy) {
    Optional<String> version = Executable.version(program);
    return version
        .map(told -> Part.works(name, use, Need.OPTIONAL, told))
        .orElseGet(() ->
            Part.missing(
                name, use, Need.OPTIONAL, program + " is not on the PATH, or fails", remedy));
  }
}
