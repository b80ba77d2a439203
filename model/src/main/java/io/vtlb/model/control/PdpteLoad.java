package io.vtlb.model.control;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The load of the four PDPTE registers from memory (Intel SDM vol. 3, 4.4.1). */
public final class PdpteLoad {

  private static final long TABLE_BITS = 0xFFFF_FFE0L;

  private PdpteLoad() {}

  /**
   * What the registers hold after a load from the table that CR3 names, or nothing where a present
   * one has a reserved bit set: the load is then a #GP.
   */
  public static Optional<PdpteRegisters> of(
      ControlState control, Profile profile, GuestMemory memory) {
    PagingMode mode = PagingMode.PAE;
    Level level = mode.level(0);
    long reserved = mode.format().reservedBits(level, false, control, profile);
    List<Long> loaded = new ArrayList<>(PdpteRegisters.COUNT);
    for (int index = 0; index < PdpteRegisters.COUNT; index++) {
      int bytes = mode.format().bytes();
      long entry = memory.read((control.cr3() & TABLE_BITS) + (long) index * bytes, bytes);
      if ((entry & EntryBits.PRESENT) != 0 && (entry & reserved) != 0) {
        return Optional.empty();
      }
      loaded.add(entry);
    }
    return Optional.of(new PdpteRegisters(loaded));
  }
}
