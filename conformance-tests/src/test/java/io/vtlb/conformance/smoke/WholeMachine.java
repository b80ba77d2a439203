package io.vtlb.conformance.smoke;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A right target of level 1, for guests that never turn paging on. */
public class WholeMachine implements GuestMachine {

  private HostMap hostMap = new HostMap(List.of());
  private @Nullable GuestMemory memory;

  @Override
  public Description describe() {
    return new Description(
        "whole", "", ObservationLevel.GUEST_VISIBLE, EnumSet.of(Paging.NONE), Set.of());
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory guestMemory) {
    hostMap = blueprint.hostMap();
    memory = guestMemory;
  }

  @Override
  public Observation perform(GuestOperation operation) {
    return switch (operation) {
      case GuestOperation.Load(var vcpu, long address, int bytes) when isMemory(address) ->
          new Observation.Loaded(memory().read(address, bytes));
      case GuestOperation.Store(var vcpu, long address, long value, int bytes)
          when isMemory(address) -> {
        store(memory(), address, bytes, value);
        yield new Observation.Completed();
      }
      case GuestOperation.Load load -> new Observation.ReachedDevice();
      case GuestOperation.Store store -> new Observation.ReachedDevice();
      case GuestOperation other -> new Observation.Completed();
    };
  }

  void store(GuestMemory guestMemory, long address, int bytes, long value) {
    guestMemory.store(address, bytes, value);
  }

  private boolean isMemory(long address) {
    return hostMap.hostFrame(PageSize.page(address)) != HostMap.NO_FRAME;
  }

  private GuestMemory memory() {
    GuestMemory known = memory;
    if (known == null) {
      throw new IllegalStateException("there is no machine yet");
    }
    return known;
  }

  /** One whose stores do nothing. */
  public static final class Forgetful extends WholeMachine {
    @Override
    void store(GuestMemory guestMemory, long address, int bytes, long value) {}
  }
}
