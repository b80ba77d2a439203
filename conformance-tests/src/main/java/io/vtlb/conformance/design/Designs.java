package io.vtlb.conformance.design;

import io.vtlb.conformance.design.adversary.AdversaryTlb;
import io.vtlb.conformance.design.lazy.LazyTlb;
import io.vtlb.conformance.design.outofsync.OutOfSyncTlb;
import io.vtlb.conformance.design.roleshared.RoleSharedTlb;
import io.vtlb.model.target.VirtualTlb;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The designs of the zoo, by the names that {@code design:NAME} takes. */
public final class Designs {

  private static final List<Design> ALL =
      List.of(
          new Design("lazy", LazyTlb::new),
          new Design("role-shared", RoleSharedTlb::new),
          new Design("out-of-sync", OutOfSyncTlb::new),
          new Design("adversary", AdversaryTlb::new));

  private Designs() {}

  /**
   * One design.
   *
   * @param maker makes a fresh target of it
   */
  private record Design(String name, Supplier<VirtualTlb> maker) {}

  /** The names, in the order of docs/designs.md. */
  public static List<String> names() {
    return ALL.stream().map(Design::name).toList();
  }

  /** What makes fresh targets of a design, if there is one of that name. */
  public static Optional<Supplier<VirtualTlb>> byName(String name) {
    return ALL.stream().filter(design -> design.name().equals(name)).findFirst().map(Design::maker);
  }
}
