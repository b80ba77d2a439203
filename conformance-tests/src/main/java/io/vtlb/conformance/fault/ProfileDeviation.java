package io.vtlb.conformance.fault;

import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.VmBlueprint;

/** Believes that the processor has all the physical address bits that a 4 MiB page can carry. */
record ProfileDeviation() implements Deviation {

  private static final int ALL_BITS = 40;

  @Override
  public VmBlueprint blueprint(VmBlueprint real) {
    Profile profile = real.profile();
    return new VmBlueprint(
        real.vm(),
        real.vcpus(),
        real.hostMap(),
        new Profile(profile.name(), ALL_BITS, profile.pse36(), profile.spuriousFaults()));
  }
}
