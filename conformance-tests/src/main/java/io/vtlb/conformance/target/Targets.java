package io.vtlb.conformance.target;

import io.vtlb.conformance.design.Designs;
import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.protocol.Transcript;
import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.TargetSource;
import io.vtlb.implementation.IndexedVirtualTlb;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds targets by the names that {@code --target} takes. */
public final class Targets {

  /** The name of the implementation that ships with the kit. */
  public static final String BUNDLED = "bundled";

  private static final String REFERENCE = "reference";
  private static final String FAULT = "fault:";
  private static final String DESIGN = "design:";
  private static final String EXEC = "exec:";
  static final String CLASS = "class:";
  static final String OBJECT = "object:";
  static final String SERVICE = "service:";
  private static final String LIBRARY = "lib:";

  private Targets() {}

  /**
   * The source of a named target.
   *
   * @param name {@code bundled}, {@code reference}, {@code design:NAME}, {@code fault:NAME}, {@code
   *     class:NAME}, {@code service:NAME}, {@code exec:COMMAND} or {@code lib:FILE}
   * @param classPath where {@code class:} and {@code service:} look, jars or folders
   * @throws UnusableTarget if there is none of that name or it cannot be made
   */
  public static TargetSource named(String name, List<Path> classPath) {
    return named(name, classPath, Limits.USUAL);
  }

  /**
   * The same, with limits for targets in a process of their own.
   *
   * @throws FailedTarget if such a target fails before it has said what it is
   */
  public static TargetSource named(String name, List<Path> classPath, Limits limits) {
    return named(name, classPath, limits, Transcript.NONE);
  }

  /**
   * The same, with somebody who is shown what is said to a program and what it says.
   *
   * @throws FailedTarget if such a target fails before it has said what it is
   */
  public static TargetSource named(
      String name, List<Path> classPath, Limits limits, Transcript transcript) {
    if (isProgram(name)) {
      return program(name, limits, UnaryOperator.identity(), transcript);
    }
    return isOthers(name) ? WorkerTarget.source(name, classPath, limits) : here(name, classPath);
  }

  /** True for the name of a program, which is spoken to by the target protocol. */
  public static boolean isProgram(String name) {
    return name.startsWith(EXEC);
  }

  /** True for the name of a native library, which is called through include/vtlb.h. */
  public static boolean isLibrary(String name) {
    return name.startsWith(LIBRARY);
  }

  /** True for code that others wrote: it runs in a process of its own. */
  private static boolean isOthers(String name) {
    return name.startsWith(CLASS) || name.startsWith(SERVICE) || isLibrary(name);
  }

  /**
   * The source of a named target with something between the kit and it. All but {@code exec:} runs
   * in this process, which nothing protects from it.
   *
   * @param view what the kit sees of the target of each sequence
   */
  public static TargetSource viewed(
      String name, List<Path> classPath, Limits limits, UnaryOperator<Target> view) {
    if (isProgram(name)) {
      return program(name, limits, view, Transcript.NONE);
    }
    Supplier<? extends Target> maker = maker(name, classPath);
    return source(name, () -> view.apply(maker.get()));
  }

  private static TargetSource program(
      String name, Limits limits, UnaryOperator<Target> view, Transcript transcript) {
    return TargetProgram.source(name, name.substring(EXEC.length()), limits, view, transcript);
  }

  /**
   * The source of a target that runs in this process; {@code exec:} never does.
   *
   * @throws UnusableTarget if there is none of that name or it cannot be made
   */
  public static TargetSource here(String name, List<Path> classPath) {
    return source(name, maker(name, classPath));
  }

  private static Supplier<? extends Target> maker(String name, List<Path> classPath) {
    if (name.equals(BUNDLED)) {
      return IndexedVirtualTlb::new;
    }
    if (name.equals(REFERENCE)) {
      return ReferenceVmm::new;
    }
    if (name.startsWith(DESIGN)) {
      return design(name.substring(DESIGN.length()));
    }
    if (name.startsWith(FAULT)) {
      return fault(name.substring(FAULT.length()))::target;
    }
    if (name.startsWith(CLASS)) {
      return TargetClass.find(name.substring(CLASS.length()), classPath);
    }
    if (name.startsWith(SERVICE)) {
      return TargetService.find(name.substring(SERVICE.length()), classPath);
    }
    if (isLibrary(name)) {
      return TargetLibrary.maker(name, name.substring(LIBRARY.length()));
    }
    throw new UnusableTarget(
        "there is no target '"
            + name
            + "'; use bundled, reference, design:NAME, fault:NAME, class:NAME, service:NAME,"
            + " exec:COMMAND or lib:FILE"
            + meant(name));
  }

  private static String meant(String name) {
    String file = TargetFile.question(name);
    return file.isEmpty() ? Typo.question(name, "", Stream.of(BUNDLED, REFERENCE)) : file;
  }

  /**
   * The source of a target that is given as an object: by what makes one.
   *
   * @param maker makes a fresh target at each call; several threads may call it at once
   * @throws UnusableTarget if it does not, or the target says nothing usable about itself
   */
  public static TargetSource given(Supplier<? extends Target> maker) {
    return source(GivenTarget.name(maker), maker);
  }

  private static Supplier<VirtualTlb> design(String name) {
    return Designs.byName(name)
        .orElseThrow(() ->
            new UnusableTarget(
                "there is no design '"
                    + name
                    + "'; choose from "
                    + Designs.names()
                    + Typo.question(name, DESIGN, Designs.names().stream())));
  }

  private static Fault fault(String name) {
    return FaultLibrary.byName(name)
        .orElseThrow(() ->
            new UnusableTarget(
                "there is no fault '"
                    + name
                    + "'; './vtlb faults --list' shows their names"
                    + Typo.question(name, FAULT, FaultLibrary.all().stream().map(Fault::name))));
  }

  private static TargetSource source(String name, Supplier<? extends Target> maker) {
    return TargetSource.inProcess(name, TargetClass.describe(name, maker), maker);
  }
}
