package io.vtlb.specs.agreement;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.WalkRights;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** Random states that both sides can be asked about. */
final class States {

  private static final long BITS_OF_ENTRIES = 0x8000_0000_0000_01E7L;

  private final Random random;

  States(long seed) {
    random = new Random(seed);
  }

  long bits() {
    return random.nextLong();
  }

  /** A quarter of the bits. */
  private long sparse() {
    long half = random.nextLong();
    return half & random.nextLong();
  }

  /** A page number; those that some mode has are frequent. */
  long page() {
    return random.nextLong() >> (Long.SIZE - 20 - 8 * random.nextInt(5))
        ^ (chance(1, 8) ? 1L << 51 : 0);
  }

  WalkRights rights() {
    return new WalkRights(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean chance(int one, int in) {
    return random.nextInt(in) < one;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Profile profile() {
    EnumSet<Capability> offered = EnumSet.allOf(Capability.class);
    offered.removeIf(capability -> random.nextBoolean());
    return new Profile(
        "random",
        random.nextBoolean() ? Vendor.AMD : Vendor.INTEL,
        32 + random.nextInt(21),
        offered,
        true);
  }

  /** A control state in any mode; PCIDs only with IA-32e paging. */
  ControlState control() {
    long cr0 = ControlState.CR0_PE | (random.nextLong() & ControlState.CR0_WP);
    long cr4 = random.nextLong() & 0x7010B0L;
    long efer = random.nextLong() & ControlState.EFER_NXE;
    if (!chance(1, 8)) {
      cr0 |= ControlState.CR0_PG;
    }
    if ((cr0 & ControlState.CR0_PG) != 0 && random.nextBoolean()) {
      efer |= ControlState.EFER_LMA;
      cr4 |= ControlState.CR4_PAE | (random.nextLong() & ControlState.CR4_PCIDE);
    }
    long root = random.nextLong() & 0x7FFF_FFFF_FFFFL;
    return new ControlState(
        cr0, root, cr4, efer, new PdpteRegisters(List.of(entry(), entry(), entry(), entry())));
  }

  /** An entry that leads on more often than not. */
  long entry() {
    long entry = random.nextLong() & BITS_OF_ENTRIES;
    if (!chance(1, 10)) {
      entry |= 1;
    }
    if (chance(3, 4)) {
      entry &= ~(1L << 63);
    }
    if (chance(2, 3)) {
      entry &= ~0x180L;
    }
    if (chance(2, 3)) {
      entry |= random.nextLong() & 0xFFFF_F000L;
    }
    if (chance(1, 8)) {
      entry |= sparse() & 0x7FFF_FFFF_FFFF_F000L;
    }
    if ((entry & EntryBits.LARGE) != 0 && chance(3, 4)) {
      entry &= ~0x3FFF_E000L;
    }
    return chance(1, 8) ? entry & ~0x3F_FFFF_F1E6L : entry;
  }

  Access access(long page) {
    AccessKind[] kinds = AccessKind.values();
    PrivilegeSet[] sets = PrivilegeSet.values();
    return new Access(
        page << 12,
        kinds[random.nextInt(kinds.length)],
        sets[random.nextInt(sets.length)],
        (int) sparse(),
        4);
  }
}
