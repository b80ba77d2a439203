package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Check.Part;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.HostOperation.CreateMachine;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.ResizePages;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;

/** What a virtual TLB is asked that follows its host. */
final class HostChecks {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final long DATA = SmallGuest.DATA_FRAME;
  private static final long SPARE = SmallGuest.SPARE_HOST_FRAME;

  private final SmallGuest guest;
  private final List<Check> checks = new ArrayList<>();

  private HostChecks(SmallGuest guest) {
    this.guest = guest;
  }

  static List<Check> of(SmallGuest guest) {
    HostChecks host = new HostChecks(guest);
    Load load = new Load(CPU, guest.data());
    Store store = new Store(CPU, guest.data(), 1);
    host.add(
        "map-frames",
        "memory comes behind a frame that had none",
        "The frame is no device any more: the next access to it makes an entry.",
        new Load(CPU, guest.device()),
        new MapFrames(0, SmallGuest.DEVICE_FRAME, SPARE, 1),
        new Load(CPU, guest.device()));
    host.add(
        "unmap-frames",
        "the memory behind a frame goes",
        "Every entry that leads to the host frame is gone at once, on each virtual CPU, and"
            + " processors drop it.",
        load,
        new UnmapFrames(0, DATA, 1),
        load);
    host.add(
        "move-frames",
        "a frame moves to other memory",
        "Entries lead to the new host frame, or are gone, at once; processors drop the old one.",
        load,
        new MoveFrames(0, DATA, SPARE, 1),
        load);
    host.add(
        "protect-frames",
        "a frame becomes read-only for the guest",
        "No entry grants stores to the frame any more; a store to it is a device access.",
        store,
        new ProtectFrames(0, DATA, 1, true),
        store);
    host.add(
        "resize-pages",
        "the host backs a frame by pages of another size",
        "Nothing has to change.",
        load,
        new ResizePages(0, DATA, 1, 1),
        load);
    host.add(
        "start-dirty-log",
        "from now on, frames that are written are noted",
        "Entries that grant stores no longer do, so that the next store to each frame shows.",
        store,
        new StartDirtyLog(0),
        store);
    host.add(
        "harvest-dirty-log",
        "which frames were written since the log began?",
        "Each guest frame that was written is named: by the guest, for it, or to set A and D bits.",
        new StartDirtyLog(0),
        store,
        new HarvestDirtyLog(0),
        store);
    host.add(
        "destroy-machine",
        "a machine goes, and one of the same number comes",
        "Nothing of the old machine is left in the new one.",
        load,
        new DestroyMachine(0),
        new CreateMachine(0),
        load);
    return host.checks;
  }

  private void add(String word, String about, String expected, Operation... operations) {
    checks.add(
        Check.of(
                new Part(new Message(Question.FOLLOW, word), about, expected),
                guest.world(1, 1),
                operations)
            .onlyIf(Feature.HOST_OPERATIONS));
  }
}
