package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.List;

/** Accessed and dirty bits that are forgotten, or set without cause. */
final class UpdateFaults {

  private static final long ACCESSED = 1 << 5;
  private static final long DIRTY = 1 << 6;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "accessed-bit-of-directory-forgotten",
              "KVM 9ed5520dd3c9's kind (bookkeeping of A and D lost on one path)",
              Rule.AD_1,
              () ->
                  new MisreadingDeviation(
                      event -> event instanceof Event.PageFault,
                      (entry, level, control) ->
                          TranslationFaults.isDirectory(level) ? entry | ACCESSED : entry)),
          new Fault(
              "dirty-bit-forgotten-on-supervisor-store",
              "Xen 4c5d78a10d (D not set on writes with CR0.WP=0)",
              Rule.AD_2,
              () ->
                  new MisreadingDeviation(
                      event ->
                          event instanceof Event.PageFault fault
                              && fault.access().isStore()
                              && fault.access().set() == PrivilegeSet.SUPERVISOR,
                      (entry, level, control) -> entry | DIRTY)),
          new Fault(
              "clean-page-writable-after-load",
              "KVM c22885050e65 (a writable entry through which D is missed)",
              Rule.DERIVE_3,
              () ->
                  new MisreadingDeviation(
                      event -> event instanceof Event.PageFault fault && !fault.access().isStore(),
                      (entry, level, control) -> entry | DIRTY)),
          new Fault(
              "dirty-bit-set-with-accessed-bit",
              "x86 sets D for a store only; the reverse of Xen 4c5d78a10d",
              Rule.AD_3,
              UpdateFaults::dirtyWithAccessed));

  private UpdateFaults() {}

  private static Deviation dirtyWithAccessed() {
    return new Deviation() {
      @Override
      public GuestMemory memory(VmBlueprint blueprint, GuestMemory memory) {
        return new DirtyWithAccessed(memory);
      }
    };
  }

  /** Sets D whenever it sets A, whatever the access. */
  private record DirtyWithAccessed(GuestMemory memory) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return memory.read(physicalAddress, bytes);
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      return memory.compareAndSet(physicalAddress, bytes, expected, replacement | DIRTY);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
