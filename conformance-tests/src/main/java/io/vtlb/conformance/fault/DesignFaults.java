package io.vtlb.conformance.fault;

import io.vtlb.conformance.design.lazy.LazyTlb;
import io.vtlb.conformance.design.outofsync.OutOfSyncTlb;
import io.vtlb.conformance.design.parts.Mistake;
import io.vtlb.conformance.design.roleshared.RoleSharedTlb;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The slips of the zoo's designs: mistakes that only live inside a design of a certain shape. */
final class DesignFaults {

  static final List<Fault> ALL =
      Stream.of(
              inside("lazy", io.vtlb.conformance.design.lazy.Slip.values(), LazyTlb::new),
              inside(
                  "role-shared",
                  io.vtlb.conformance.design.roleshared.Slip.values(),
                  RoleSharedTlb::new),
              inside(
                  "out-of-sync",
                  io.vtlb.conformance.design.outofsync.Slip.values(),
                  OutOfSyncTlb::new))
          .flatMap(faults -> faults)
          .toList();

  private DesignFaults() {}

  /**
   * A fault for each slip of a design.
   *
   * @param maker makes the design with these slips
   */
  private static <S extends Mistake> Stream<Fault> inside(
      String design, S[] slips, Function<Set<S>, VirtualTlb> maker) {
    return Stream.of(slips)
        .map(slip ->
            Fault.inside(
                design,
                slip.faultName(),
                slip.modelledOn(),
                slip.blamed(),
                () -> maker.apply(Set.of(slip))));
  }
}
