package io.vtlb.implementation;

import static io.vtlb.implementation.GuestEntry.ACCESSED;
import static io.vtlb.implementation.GuestEntry.DIRTY;
import static io.vtlb.implementation.GuestEntry.PRESENT;

import io.vtlb.implementation.GuestWalk.Mapped;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The guest's page tables under one control state, as they are in memory at each call (Intel SDM
 * vol. 3, 4.3 to 4.5 and 4.8).
 */
final class GuestTables implements LinearSpace {

  private static final GuestWalk NOT_PRESENT = new GuestWalk.NotPresent();
  private static final GuestWalk RESERVED_BIT = new GuestWalk.ReservedBit();

  /** Where a PDPTE register with P=0 leads. */
  private static final long NO_TABLE = -1;

  /** Each PDPTE register covers 2^18 pages, 1 GiB. */
  private static final int REGISTER_SHIFT = 18;

  private final MachineMemory memory;
  private final TableFormat format;

  /** The tables to begin with, guest-physical, in bytes: CR3's, or one for each PDPTE register. */
  private final long[] roots;

  private GuestTables(MachineMemory memory, TableFormat format, long... roots) {
    this.memory = memory;
    this.format = format;
    this.roots = roots;
  }

  /** The tables below the one that CR3 locates. */
  static GuestTables belowCr3(MachineMemory memory, TableFormat format, ControlState control) {
    return new GuestTables(memory, format, control.cr3() & format.tableBits());
  }

  /** The tables below the PDPTE registers, whatever memory holds where they were loaded from. */
  static GuestTables belowRegisters(
      MachineMemory memory, TableFormat format, PdpteRegisters above) {
    long[] roots = new long[PdpteRegisters.COUNT];
    Arrays.setAll(
        roots,
        index -> {
          long register = above.get(index);
          return (register & PRESENT) == 0 ? NO_TABLE : register & format.tableBits();
        });
    return new GuestTables(memory, format, roots);
  }

  @Override
  public GuestWalk walk(long page) {
    long table = roots[(int) (page >> REGISTER_SHIFT) & (roots.length - 1)];
    if (table == NO_TABLE) {
      return NOT_PRESENT;
    }
    long every = ~0L;
    long some = 0;
    GuestEntry unaccessed = null;
    for (TableLevel level : format.levels()) {
      long address = table + (long) format.entryBytes() * level.index(page);
      long entry = memory.read(address, format.entryBytes());
      if ((entry & PRESENT) == 0) {
        return NOT_PRESENT;
      }
      if (level.violatedBy(entry)) {
        return RESERVED_BIT;
      }
      every &= entry;
      some |= entry;
      if (level.isLeaf(entry)) {
        return mapped(level.span(), every, some, new GuestEntry(address, entry), unaccessed);
      }
      if ((entry & ACCESSED) == 0 && unaccessed == null) {
        unaccessed = new GuestEntry(address, entry);
      }
      table = entry & format.tableBits();
    }
    throw new IllegalStateException("the last level has leaves only: " + format);
  }

  private Mapped mapped(
      Span span, long every, long some, GuestEntry leaf, @Nullable GuestEntry unaccessed) {
    return new Mapped(format.frame(span, leaf.value()), span, every, some, leaf, unaccessed);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Bits are set from the top down. An entry counts only as it is read while A of every entry
   * above it is already set, and the last bits are set in exactly the leaf that was judged. So the
   * walk that is returned is one that a processor could have made, whatever other agents store
   * meanwhile.
   */
  @Override
  public Optional<Mapped> mark(Mapped walk, boolean store) {
    GuestEntry upper = walk.unaccessed();
    if (upper != null) {
      set(upper, ACCESSED);
      return Optional.empty();
    }
    long marks = store ? ACCESSED | DIRTY : ACCESSED;
    if (walk.leaf().has(marks)) {
      return Optional.of(walk);
    }
    return set(walk.leaf(), marks) ? Optional.of(walk.withLeaf(marks)) : Optional.empty();
  }

  private boolean set(GuestEntry entry, long bits) {
    long marked = entry.value() | bits;
    return memory.mark(entry.address(), format.entryBytes(), entry.value(), marked);
  }
}
