package io.vtlb.conformance.bench;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.Collection;
import java.util.List;

/** A virtual TLB each of whose calls is measured. */
final class TimedTlb implements VirtualTlb, MemoryMirror, AutoCloseable {

  private final VirtualTlb target;
  private final MemoryMirror mirror;
  private final TargetClock clock;

  TimedTlb(VirtualTlb target, TargetClock clock) {
    this.target = target;
    this.mirror = target instanceof MemoryMirror told ? told : MemoryMirror.NONE;
    this.clock = clock;
  }

  @Override
  public Description describe() {
    return target.describe();
  }

  @Override
  public void holds(int vm, List<Machine.Word> words) {
    clock.begin();
    mirror.holds(vm, words);
    clock.end();
  }

  @Override
  public void stored(int vm, long physicalAddress, int bytes, long value) {
    clock.begin();
    mirror.stored(vm, physicalAddress, bytes, value);
    clock.end();
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    clock.begin();
    target.create(blueprint, memory);
    clock.end();
  }

  @Override
  public Response handle(Event event) {
    clock.begin();
    Response response = target.handle(event);
    clock.end();
    return response;
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    clock.begin();
    HostResponse response = target.follow(operation);
    clock.end();
    return response;
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    clock.begin();
    Collection<ActiveEntry> entries = target.activeEntries(vcpu, set);
    clock.end();
    return entries;
  }

  @Override
  public void close() {
    clock.begin();
    if (target instanceof AutoCloseable open) {
      try {
        open.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("the target cannot be closed: " + e.getMessage(), e);
      }
    }
    clock.end();
  }
}
