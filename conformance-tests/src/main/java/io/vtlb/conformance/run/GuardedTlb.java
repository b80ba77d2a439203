package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;

/**
 * A virtual TLB whose exceptions, and impossible values, are told apart from the kit's own
 * mistakes.
 */
record GuardedTlb(VirtualTlb target) implements VirtualTlb {

  @Override
  public Description describe() {
    return target.describe();
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    try {
      target.create(blueprint, memory);
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }

  @Override
  public Response handle(Event event) {
    try {
      return target.handle(event);
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    try {
      Collection<ActiveEntry> entries = target.activeEntries(vcpu, set);
      for (ActiveEntry entry : entries) {
        if ((entry.pages() != 1 && entry.pages() != PageSize.LARGE_4M) || entry.page() < 0) {
          throw new IllegalStateException("activeEntries returned an impossible entry: " + entry);
        }
      }
      return entries;
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new TargetFailure(e);
    }
  }
}
