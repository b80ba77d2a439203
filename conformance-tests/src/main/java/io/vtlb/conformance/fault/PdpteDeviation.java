package io.vtlb.conformance.fault;

import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps other PDPTE registers than the processor's. */
final class PdpteDeviation implements Deviation {

  private final boolean readsMemory;
  private final Map<Vcpu, ControlState> controls = new HashMap<>();
  private final Map<Integer, GuestMemory> memories = new HashMap<>();
  private final Map<Integer, Profile> profiles = new HashMap<>();

  private PdpteDeviation(boolean readsMemory) {
    this.readsMemory = readsMemory;
  }

  /** Before each page fault the registers are read from memory again. */
  static Deviation readAtEachFault() {
    return new PdpteDeviation(true);
  }

  /** Where CR3 stays the same, a reload by another register's write goes unnoticed. */
  static Deviation notReloadedWithRootUnchanged() {
    return new PdpteDeviation(false);
  }

  @Override
  public GuestMemory memory(VmBlueprint blueprint, GuestMemory memory) {
    for (int index = 0; index < blueprint.vcpus().size(); index++) {
      controls.put(new Vcpu(blueprint.vm(), index), blueprint.vcpus().get(index).control());
    }
    memories.put(blueprint.vm(), memory);
    profiles.put(blueprint.vm(), blueprint.profile());
    return memory;
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    return readsMemory ? reading(event, right) : keeping(event, right);
  }

  private Response reading(Event event, VirtualTlb right) {
    if (event instanceof Event.ControlWrite write) {
      controls.put(write.vcpu(), write.after());
    }
    ControlState control = controls.get(event.vcpu());
    GuestMemory memory = memories.get(event.vcpu().vm());
    Profile profile = profiles.get(event.vcpu().vm());
    if (event instanceof Event.PageFault
        && control != null
        && memory != null
        && profile != null
        && control.paePaging()) {
      Optional<PdpteRegisters> read =
          PdpteLoad.of(control, profile, memory).filter(now -> !now.equals(control.pdptes()));
      if (read.isPresent()) {
        right.handle(
            new Event.ControlWrite(
                event.vcpu(), ControlRegister.CR3, control, control.with(read.get())));
        return claimingFlush(
            right.handle(event).dropping(new ProcessorDrop.Everything(event.vcpu())));
      }
    }
    return right.handle(event);
  }

  private Response keeping(Event event, VirtualTlb right) {
    if (!(event instanceof Event.ControlWrite write)) {
      return right.handle(event);
    }
    ControlState before = controls.getOrDefault(write.vcpu(), write.before());
    boolean unnoticed =
        write.register() != ControlRegister.CR3
            && write.before().paePaging()
            && write.after().paePaging();
    PdpteRegisters kept = unnoticed ? before.pdptes() : write.after().pdptes();
    ControlState after = write.after().with(kept);
    controls.put(write.vcpu(), after);
    Response response =
        right.handle(
            new Event.ControlWrite(write.vcpu(), write.register(), write.value(), before, after));
    return kept.equals(write.after().pdptes()) ? response : claimingFlush(response);
  }

  private static Response claimingFlush(Response response) {
    return response
        .report()
        .filter(report -> report.resync() != ResyncKind.NONE)
        .map(report -> response.reporting(report.cause(), ResyncKind.FLUSH))
        .orElse(response);
  }
}
