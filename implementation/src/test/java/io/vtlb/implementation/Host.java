package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.List;
import java.util.Set;

/**
 * The host of machine 0: it changes what stands behind its frames, tells the virtual TLB, and lets
 * each processor forget what the answer names and nothing else.
 */
final class Host {

  /** A multiple of 1 GiB; from here on host frames belong to nobody. */
  static final long FREE = 0x1000_0000;

  private final List<Guest> cpus;
  private final WordMemory memory;

  Host(Guest... cpus) {
    this.cpus = List.of(cpus);
    memory = cpus[0].memory;
  }

  HostResponse map(long guestFrame, long hostFrame, long frames) {
    HostMap after = memory.hostMap().with(new HostRange(guestFrame, hostFrame, frames));
    return change(new MapFrames(0, guestFrame, hostFrame, frames), after);
  }

  HostResponse unmap(long guestFrame, long frames) {
    HostMap after = memory.hostMap().without(guestFrame, frames);
    return change(new UnmapFrames(0, guestFrame, frames), after);
  }

  HostResponse move(long guestFrame, long hostFrame, long frames) {
    HostMap after = memory.hostMap().moving(guestFrame, hostFrame, frames);
    return change(new MoveFrames(0, guestFrame, hostFrame, frames), after);
  }

  HostResponse protect(long guestFrame, long frames) {
    HostMap after = memory.hostMap().protecting(guestFrame, frames, true);
    return change(new ProtectFrames(0, guestFrame, frames, true), after);
  }

  HostResponse allow(long guestFrame, long frames) {
    HostMap after = memory.hostMap().protecting(guestFrame, frames, false);
    return change(new ProtectFrames(0, guestFrame, frames, false), after);
  }

  HostResponse startLog() {
    return tell(new StartDirtyLog(0));
  }

  Set<Long> harvest() {
    return tell(new HarvestDirtyLog(0)).dirtyFrames();
  }

  HostResponse tell(HostOperation operation) {
    HostResponse response = cpus.getFirst().follow(operation);
    assertTrue(operation instanceof HarvestDirtyLog || response.dirtyFrames().isEmpty());
    cpus.forEach(cpu -> cpu.forget(response.drops()));
    return response;
  }

  private HostResponse change(HostOperation operation, HostMap after) {
    memory.remap(after);
    return tell(operation);
  }

  static void assertDrops(HostResponse response, Guest... cpus) {
    List<ProcessorDrop> expected =
        List.of(cpus).stream()
            .<ProcessorDrop>map(cpu -> new ProcessorDrop.Everything(cpu.vcpu()))
            .toList();
    assertEquals(expected, response.drops());
  }
}
