package io.vtlb.conformance.target;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The reference VMM, which declares less, and throws when it is asked for what it left out. */
final class PickyVmm extends WrappedVmm {

  private final Set<Paging> modes;
  private final Set<Feature> without;

  PickyVmm(Set<Paging> modes, Set<Feature> without) {
    this.modes = modes;
    this.without = without;
  }

  @Override
  public Description describe() {
    Description honest = super.describe();
    Set<Feature> features = EnumSet.copyOf(honest.features());
    features.removeAll(without);
    return new Description("picky", "2", honest.level(), modes, features);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    refuse(blueprint.vcpus().size() > 1 && lacks(Feature.SEVERAL_VCPUS), "several vcpus");
    refuse(blueprint.profile().has(Capability.PCID) && lacks(Feature.PCID), "PCIDs");
    refuse(blueprint.profile().has(Capability.INVPCID) && lacks(Feature.PCID), "INVPCID");
    blueprint.vcpus().forEach(state -> enter(state.control()));
    super.create(blueprint, memory);
  }

  @Override
  public Response handle(Event event) {
    switch (event) {
      case Event.ControlWrite write -> enter(write.after());
      case Event.InvalidatePcid invalidate -> refuse(lacks(Feature.PCID), "INVPCID");
      case Event.PrivilegeChange change ->
          refuse(lacks(Feature.INTERCEPTS_PRIVILEGE_CHANGES), "a privilege change");
      case Event.InvalidatePage invalidate -> {}
      case Event.PageFault fault -> {}
    }
    return super.handle(event);
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    refuse(vcpu.index() > 0 && lacks(Feature.SEVERAL_VCPUS), "several vcpus");
    return super.activeEntries(vcpu, set);
  }

  private boolean lacks(Feature feature) {
    return without.contains(feature);
  }

  private void enter(ControlState control) {
    refuse(!modes.contains(PagingMode.of(control).paging()), PagingMode.of(control).name());
    refuse(control.processContexts() && lacks(Feature.PCID), "PCIDs");
  }

  private static void refuse(boolean asked, String what) {
    if (asked) {
      throw new IllegalStateException("asked for " + what);
    }
  }
}
