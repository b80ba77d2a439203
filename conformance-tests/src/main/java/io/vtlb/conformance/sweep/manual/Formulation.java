package io.vtlb.conformance.sweep.manual;

import io.vtlb.conformance.sweep.manual.EntryTable.Field;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.GuestMemory;
import org.jspecify.annotations.Nullable;

/**
 * The second formulation of a translation: it reads an entry of every level blindly, asks the
 * manual's tables what each one is, and lets precedence decide where the translation stops.
 *
 * <p>Source: Intel SDM vol. 3, 4.3 to 4.8. One value is for one processor in one control state; it
 * keeps what it read last and is not for more than one thread. Precedence: the entry nearest to the
 * root decides; in one entry, P=0 comes before a reserved bit, and that before what it maps.
 */
public final class Formulation {

  /** The outcome of an access that completes; every other outcome is an error code. */
  public static final int COMPLETES = -1;

  private static final int CODE_P = 1;
  private static final int CODE_RSVD = 1 << 3;
  private static final int CODE_PK = 1 << 5;
  private static final long P = 1;
  private static final long RW = 1 << 1;
  private static final long US = 1 << 2;
  private static final long A = 1 << 5;
  private static final long D = 1 << 6;
  private static final long PS = 1 << 7;
  private static final long CR4_PGE = 1 << 7;
  private static final long CR4_PCIDE = 1 << 17;
  private static final long EFER_NXE = 1 << 11;

  /** Where a translation stops. */
  public enum Stop {
    NOT_PRESENT,
    RESERVED,
    PAGE
  }

  /** The masks of one drawing under one control state. */
  private record Masks(
      long reserved, long address, long high, long global, long dirty, long key, long noExecute) {

    static final Masks NONE = new Masks(0, 0, 0, 0, 0, 0, 0);

    static Masks of(@Nullable EntryTable table, int m, boolean nxe) {
      if (table == null) {
        return NONE;
      }
      long xd = table.mask(Field.XD, m);
      return new Masks(
          table.mask(Field.RESERVED, m) | (nxe ? 0 : xd),
          table.mask(Field.ADDRESS, m),
          table.mask(Field.HIGH, m),
          table.mask(Field.G, m),
          table.mask(Field.D, m),
          table.mask(Field.KEY, m),
          xd);
    }
  }

  private final ControlState control;
  private final Rung[] rungs;
  private final int entryBytes;
  private final long root;
  private final Masks[] tables;
  private final Masks[] pages;
  private final boolean globals;
  private final int pcid;

  private final long[] words;
  private final long[] addresses;
  private Stop stop = Stop.NOT_PRESENT;
  private int last;
  private Masks leaf = Masks.NONE;
  private long all;
  private long any;

  private Formulation(ControlState control, Ladder ladder) {
    this.control = control;
    rungs = ladder.rungs().toArray(Rung[]::new);
    entryBytes = ladder.entryBytes();
    root = control.cr3() & ladder.rootMask();
    boolean nxe = (control.efer() & EFER_NXE) != 0;
    tables = new Masks[rungs.length];
    pages = new Masks[rungs.length];
    for (int i = 0; i < rungs.length; i++) {
      tables[i] = Masks.of(rungs[i].table(), ladder.m(), nxe);
      pages[i] = Masks.of(rungs[i].page(), ladder.m(), nxe);
    }
    globals = (control.cr4() & CR4_PGE) != 0;
    pcid = (control.cr4() & CR4_PCIDE) != 0 ? (int) (control.cr3() & 0xFFF) : 0;
    words = new long[rungs.length];
    addresses = new long[rungs.length];
  }

  public static Formulation of(ControlState control, Profile profile) {
    return new Formulation(control, Ladder.of(control, profile));
  }

  /** An access under this control state, to be asked about after each {@link #read}. */
  public AccessCase accessCase(Access access) {
    return AccessCase.of(access, control);
  }

  /** Reads the entries for a linear address and decides where its translation stops. */
  public void read(GuestMemory memory, long linear) {
    long structure = root;
    int absent = 0;
    int reserved = 0;
    int mapping = 0;
    for (int i = 0; i < rungs.length; i++) {
      Rung rung = rungs[i];
      int index = (int) (linear >>> rung.low()) & ((2 << (rung.high() - rung.low())) - 1);
      addresses[i] = rung.register() ? -1 : structure + (long) index * entryBytes;
      long word =
          rung.register() ? control.pdptes().get(index) : memory.read(addresses[i], entryBytes);
      words[i] = word;
      boolean mapsPage = rung.page() != null && (rung.table() == null || (word & PS) != 0);
      Masks masks = mapsPage ? pages[i] : tables[i];
      absent |= (word & P) == 0 ? 1 << i : 0;
      reserved |= (word & masks.reserved) != 0 ? 1 << i : 0;
      mapping |= mapsPage ? 1 << i : 0;
      structure = word & masks.address;
    }
    last = Integer.numberOfTrailingZeros(absent | reserved | mapping);
    stop =
        (absent >>> last & 1) != 0
            ? Stop.NOT_PRESENT
            : (reserved >>> last & 1) != 0 ? Stop.RESERVED : Stop.PAGE;
    leaf = pages[last];
    all = RW | US;
    any = 0;
    for (int i = 0; i <= last; i++) {
      if (!rungs[i].register()) {
        all &= words[i];
        any |= words[i];
      }
    }
  }

  /** What becomes of an access to the address read last: {@link #COMPLETES}, or the error code. */
  public int outcome(AccessCase access) {
    return switch (stop) {
      case NOT_PRESENT -> access.code();
      case RESERVED -> access.code() | CODE_P | CODE_RSVD;
      case PAGE -> {
        boolean byKey = user() && access.data() && keyForbids(access);
        int rights = (executeDisabled() ? 4 : 0) | (user() ? 2 : 0) | (writable() ? 1 : 0);
        yield access.rights().at(access.situation() | rights) && !byKey
            ? COMPLETES
            : access.code() | CODE_P | (byKey ? CODE_PK : 0);
      }
    };
  }

  private boolean keyForbids(AccessCase access) {
    int ofKey = (access.pkru() >>> (2 * key())) & 3;
    return KeyTable.FORBIDS.at(access.keySituation() | ofKey);
  }

  public Stop stop() {
    return stop;
  }

  /** The first 4 KiB frame of the page. */
  public long frame() {
    long word = words[last];
    long high = leaf.high == 0 ? 0 : (word & leaf.high) >>> 13 << 32;
    return ((word & leaf.address) | high) >>> 12;
  }

  /** The size of the page, in 4 KiB. */
  public int pages() {
    return 1 << (rungs[last].low() - 12);
  }

  public boolean writable() {
    return (all & RW) != 0;
  }

  public boolean user() {
    return (all & US) != 0;
  }

  public boolean executeDisabled() {
    return (any & leaf.noExecute) != 0;
  }

  /** The leaf's G bit, if CR4.PGE=1. */
  public boolean global() {
    return globals && (words[last] & leaf.global) != 0;
  }

  public boolean dirty() {
    return (words[last] & leaf.dirty) != 0;
  }

  /** The leaf's protection key, 0 where entries have none. */
  public int key() {
    return leaf.key == 0 ? 0 : (int) ((words[last] & leaf.key) >>> 59);
  }

  /** The PCID that a TLB entry would be tagged with. */
  public int pcid() {
    return pcid;
  }

  /** How many entries the translation used, the one that stopped it included. */
  public int used() {
    return last + 1;
  }

  /** The guest-physical address of the entry of a level, -1 if it is in a register. */
  public long address(int level) {
    return addresses[level];
  }

  /** The entry of a level as it was read. */
  public long word(int level) {
    return words[level];
  }

  /**
   * The entry of a level after an access that completes (Intel SDM vol. 3, 4.8): A in every entry
   * used that is in memory, D in the one that maps the page if the access is a store.
   */
  public long updated(int level, boolean store) {
    if (rungs[level].register() || level > last) {
      return words[level];
    }
    return words[level] | A | (store && level == last ? D : 0);
  }
}
