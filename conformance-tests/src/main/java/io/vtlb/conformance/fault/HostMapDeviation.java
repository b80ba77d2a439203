package io.vtlb.conformance.fault;

import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Believes in another host map than the machine's. */
final class HostMapDeviation implements Deviation {

  private final BiFunction<HostMap, HostMap, HostMap> believed;
  private @Nullable HostMap first;

  /**
   * @param believed makes the believed map from that of the first machine and the machine's own
   */
  HostMapDeviation(BiFunction<HostMap, HostMap, HostMap> believed) {
    this.believed = believed;
  }

  @Override
  public VmBlueprint blueprint(VmBlueprint real) {
    HostMap firstMap = first == null ? real.hostMap() : first;
    first = firstMap;
    return new VmBlueprint(
        real.vm(), real.vcpus(), believed.apply(firstMap, real.hostMap()), real.profile());
  }
}
