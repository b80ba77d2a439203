package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.MemoryImage;
import io.vtlb.conformance.emulator.MemoryLayout;
import io.vtlb.conformance.emulator.Probe;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.EntryFormat;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an access leaves behind in memory and what it reads, part by part.
 *
 * <p>Source: Intel SDM vol. 3, 4.8. An access that completes sets A in every entry of its walks,
 * and D in the leaves if it stores. One that faults may have set A in entries that lead on or map a
 * page, and D where a part of a store is permitted.
 */
final class Effects {

  private static final long RESERVED_IN_1G = (1L << 30) - (1L << 13);
  private static final int TAG_SHIFT = 8;

  private final Probe probe;
  private final Profile profile;
  private final Set<KnownDeviation> deviations;
  private final MemoryImage before;
  private final MemoryImage completed;
  private final Map<Long, Long> maySet = new HashMap<>();
  private final List<GuestWalk> walks = new ArrayList<>();
  private final List<Reached> reached = new ArrayList<>();

  /** A part of the access, and the guest-physical address that it reaches. */
  private record Reached(int bytes, long physical) {}

  Effects(Probe probe, Profile profile, Set<KnownDeviation> deviations) {
    this.probe = probe;
    this.profile = profile;
    this.deviations = deviations;
    this.before = new MemoryImage(probe.words());
    this.completed = new MemoryImage(probe.words());
  }

  /** Adds one part of the access, by ascending address. */
  void add(Access part, AccessModel.Answer answer) {
    GuestWalk walk = answer.walk();
    walks.add(walk);
    boolean reaches = walk.end() instanceof GuestWalk.End.Reached;
    int used = walk.steps().size() - (reaches ? 0 : 1);
    for (GuestWalk.Step step : walk.steps().subList(0, used)) {
      if (step.level().inMemory()) {
        set(step.address(), EntryBits.ACCESSED);
      } else if (deviations.contains(KnownDeviation.PDPTE_ACCESSED)) {
        int index = step.level().index(part.page());
        set(UncheckedPdptes.address(probe.control(), index), EntryBits.ACCESSED);
      }
    }
    if (walk.end() instanceof GuestWalk.End.Reached(Translation translation)) {
      if (part.isStore() && used > 0 && !answer.ways().allDeny()) {
        set(walk.last().address(), EntryBits.DIRTY);
      }
      long address = PageSize.address(translation.frame(part.page()), 0);
      reached.add(new Reached(part.bytes(), address | PageSize.offset(part.address())));
    } else if (deviations.contains(KnownDeviation.RESERVED_1G_ACCESSED)
        && walk.end() instanceof GuestWalk.End.Reserved
        && is1GibPageButForLowBits(walk.last())) {
      mayBeSet(walk.last().address(), EntryBits.ACCESSED);
    }
  }

  private boolean is1GibPageButForLowBits(GuestWalk.Step step) {
    EntryFormat format = probe.mode().format();
    long otherReserved =
        format.reservedBits(step.level(), true, probe.control(), profile) & ~RESERVED_IN_1G;
    return step.level().pages() == PageSize.LARGE_1G
        && (step.entry() & EntryBits.LARGE) != 0
        && (step.entry() & otherReserved) == 0;
  }

  private void set(long address, long bit) {
    mayBeSet(address, bit);
    completed.write(address, 1, completed.read(address, 1) | bit);
  }

  private void mayBeSet(long address, long bit) {
    long shifted = bit << ((address & (Long.BYTES - 1)) * Byte.SIZE);
    maySet.merge(address & -Long.BYTES, shifted, (one, other) -> one | other);
  }

  /** What the access reads if it completes; nothing if that cannot be told. */
  OptionalLong value() {
    return switch (probe.instruction()) {
      case LOAD_4, LOAD_8 -> isMemory() ? OptionalLong.of(read()) : OptionalLong.empty();
      case FETCH -> OptionalLong.of(read() >>> TAG_SHIFT & 0xFFFF_FFFFL);
      case STORE_4, STORE_8, IMPLICIT_LOAD -> OptionalLong.empty();
    };
  }

  private boolean isMemory() {
    return reached.stream().allMatch(part -> MemoryLayout.isFree(part.physical()));
  }

  private long read() {
    long value = 0;
    int bytes = 0;
    for (Reached part : reached) {
      value |= completed.read(part.physical(), part.bytes()) << (bytes * Byte.SIZE);
      bytes += part.bytes();
    }
    return value;
  }

  Prediction prediction(List<Outcome> outcomes) {
    MemoryImage after = new MemoryImage(completed.words());
    if (probe.instruction().kind() == AccessKind.STORE) {
      long value = probe.value();
      for (Reached part : reached) {
        after.write(part.physical(), part.bytes(), value);
        value >>>= part.bytes() * Byte.SIZE;
      }
    }
    return new Prediction(walks, outcomes, before, after, maySet);
  }
}
