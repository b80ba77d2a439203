package io.vtlb.conformance.fault;

import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.VmBlueprint;
import java.util.function.UnaryOperator;

/**
 * Believes in another processor than the guest's.
 *
 * @param believed makes the believed profile from the real one
 */
record ProfileDeviation(UnaryOperator<Profile> believed) implements Deviation {

  private static final int ALL_BITS = 52;

  /** Every physical address bit that an entry can carry. */
  static Deviation ofEveryAddressBit() {
    return new ProfileDeviation(profile ->
        new Profile(
            profile.name(),
            profile.vendor(),
            ALL_BITS,
            profile.capabilities(),
            profile.spuriousFaults()));
  }

  @Override
  public VmBlueprint blueprint(VmBlueprint real) {
    return new VmBlueprint(real.vm(), real.vcpus(), real.hostMap(), believed.apply(real.profile()));
  }
}
