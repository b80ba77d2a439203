package io.vtlb.conformance.fault;

import io.vtlb.conformance.design.lazy.LazyTlb;
import io.vtlb.conformance.design.outofsync.OutOfSyncTlb;
import io.vtlb.conformance.design.roleshared.RoleSharedTlb;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The slips of the zoo's designs: mistakes that only live inside a design of a certain shape. */
final class DesignFaults {

  static final List<Fault> ALL =
      Stream.of(ofLazy(), ofRoleShared(), ofOutOfSync()).flatMap(List::stream).toList();

  private DesignFaults() {}

  private static List<Fault> ofRoleShared() {
    return Arrays.stream(io.vtlb.conformance.design.roleshared.Slip.values())
        .map(slip ->
            Fault.inside(
                "role-shared",
                slip.faultName(),
                slip.modelledOn(),
                slip.blamed(),
                () -> new RoleSharedTlb(Set.of(slip))))
        .toList();
  }

  private static List<Fault> ofOutOfSync() {
    return Arrays.stream(io.vtlb.conformance.design.outofsync.Slip.values())
        .map(slip ->
            Fault.inside(
                "out-of-sync",
                slip.faultName(),
                slip.modelledOn(),
                slip.blamed(),
                () -> new OutOfSyncTlb(Set.of(slip))))
        .toList();
  }

  private static List<Fault> ofLazy() {
    return Arrays.stream(io.vtlb.conformance.design.lazy.Slip.values())
        .map(slip ->
            Fault.inside(
                "lazy",
                slip.faultName(),
                slip.modelledOn(),
                slip.blamed(),
                () -> new LazyTlb(Set.of(slip))))
        .toList();
  }
}
