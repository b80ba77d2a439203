package io.vtlb.conformance.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every fault of the library, by kind of mistake. */
public final class FaultLibrary {

  private static final List<Fault> ALL =
      Stream.of(
              InvalidationFaults.ALL,
              ContextFaults.ALL,
              TranslationFaults.ALL,
              WideEntryFaults.ALL,
              ProtectionFaults.ALL,
              UpdateFaults.ALL,
              ClassificationFaults.ALL,
              ResyncFaults.ALL,
              MachineFaults.ALL,
              HostFaults.ALL,
              DesignFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private FaultLibrary() {}

  /** All faults, in the order of reports. */
  public static List<Fault> all() {
    return ALL;
  }

  /** The fault of a name, if there is one. */
  public static Optional<Fault> byName(String name) {
    return ALL.stream().filter(fault -> fault.name().equals(name)).findFirst();
  }
}
