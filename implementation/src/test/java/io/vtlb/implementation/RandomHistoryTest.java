package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.HostMap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Over random histories every listed entry is one that a TLB could hold, faults have the code that
 * the manual gives them, and resyncs are exact.
 */
class RandomHistoryTest {

  private static final Map<Layout, List<Long>> PAGES =
      Map.of(
          Layout.BITS_32, List.of(0L, 1L, 1023L, 1024L, 1025L, 1536L, 2047L, 0xFFFFFL),
          Layout.PAE, List.of(0L, 1L, 511L, 512L, 513L, 0x40000L, 0x40001L, 0xFFFFFL),
          Layout.LEVELS_4, List.of(0L, 1L, 511L, 512L, 513L, 0x40000L, 0x40200L, -1L, -512L),
          Layout.LEVELS_5, List.of(0L, 1L, 512L, 513L, 0x40000L, 0x40200L, -1L, -0x8000001L));

  private static final long[] FRAMES = {1, 2, 9, 10, 11, 0x20, 0x21, 3583, 3584, 4097};
  private static final long[] LARGE_FRAMES = {
    0, 512, 1024, 2048, 2560, 3072, Guest.MISALIGNED_2M, Guest.HUGE, Guest.HUGE + 512
  };
  private static final long[] HUGE_FRAMES = {0, Guest.HUGE, Guest.MISALIGNED_1G};

  /** What lies here is never a table, so that it may change while tables are read. */
  private static final long[] DATA_FRAMES = {600, 601, 1030, 1500, 2047, 2050, 2600, 3000};

  private static final long[] HOSTED_FRAMES = {9, 10, 11, 3072, 3583, 3584, 4097};
  private static final long[] HUGE_DATA_FRAMES = {Guest.HUGE, Guest.HUGE + 700, 512, 1024, 2560};
  private static final List<AccessKind> KINDS = List.of(AccessKind.values());
  private static final List<InvalidationType> TYPES = List.of(InvalidationType.values());
  private static final List<Layout> PAGED = List.copyOf(new EnumMap<>(PAGES).keySet());
  private static final long[] TOGGLED = {
    ControlState.CR4_PGE, ControlState.CR4_SMEP, ControlState.CR4_SMAP, ControlState.CR4_PKE
  };
  private static final int RUNS = 40;
  private static final int OPERATIONS = 300;

  private Layout layout = Layout.BITS_32;
  private Profile profile = Profile.GENERIC_32;
  private Guest guest = new Guest();
  private TranslationHistory history = historyOf(guest);
  private Random random = new Random(0);
  private int largeSeen;
  private int contextsReused;
  private int faults;
  private Host host = new Host(guest);
  private boolean hosted;
  private boolean interrupted;
  private boolean logged;
  private long freeHostFrame;
  private int readOnlyStores;
  private int harvested;
  private final Set<Long> written = new HashSet<>();
  private int updatesSeen;

  @ParameterizedTest
  @CsvSource({
    "BITS_32, INTEL, 1",
    "BITS_32, AMD, 2",
    "BITS_32, INTEL, 3",
    "BITS_32, INTEL, 4",
    "PAE, INTEL, 1",
    "PAE, AMD, 2",
    "PAE, INTEL, 3",
    "LEVELS_4, INTEL, 1",
    "LEVELS_4, AMD, 2",
    "LEVELS_4, INTEL, 3",
    "LEVELS_4, INTEL, 4",
    "LEVELS_5, INTEL, 1",
    "LEVELS_5, AMD, 2",
    "LEVELS_5, INTEL, 3",
  })
  void listedEntriesAreAdmissible(Layout start, Vendor vendor, long seed) {
    play(start, vendor, seed);
  }

  /** The host maps, unmaps, moves, protects and logs, between events and inside them. */
  @ParameterizedTest
  @CsvSource({
    "BITS_32, INTEL, 11",
    "BITS_32, AMD, 12",
    "PAE, INTEL, 11",
    "PAE, AMD, 12",
    "LEVELS_4, INTEL, 11",
    "LEVELS_4, INTEL, 12",
    "LEVELS_4, AMD, 13",
    "LEVELS_5, INTEL, 11",
  })
  void theHostIsFollowed(Layout start, Vendor vendor, long seed) {
    hosted = true;
    play(start, vendor, seed);
    assertTrue(readOnlyStores > 0 && harvested > 0);
  }

  private void play(Layout start, Vendor vendor, long seed) {
    random = new Random(seed);
    Profile all = Profile.GENERIC_64;
    profile = new Profile("test", vendor, 44, all.capabilities(), true);
    for (int run = 0; run < RUNS; run++) {
      layout = start;
      guest = new Guest(start, profile);
      host = new Host(guest);
      history = historyOf(guest);
      logged = false;
      updatesSeen = 0;
      freeHostFrame = Host.FREE;
      for (int operation = 0; operation < OPERATIONS; operation++) {
        if (hosted) {
          hostStep();
        }
        step();
        guest.memory.forgetAgents();
        checkListed();
      }
    }
    assertTrue(largeSeen > 0 && faults > 0);
    assertEquals(start == Layout.LEVELS_4 || start == Layout.LEVELS_5, contextsReused > 0);
  }

  private void hostStep() {
    interrupted = false;
    switch (random.nextInt(12)) {
      case 0 -> changeMemory(pick(HOSTED_FRAMES), 1);
      case 1 -> changeData();
      case 2 -> log();
      case 3, 4, 5 ->
          guest.memory.afterRead(
              random.nextInt(1, 12),
              () -> {
                interrupted = true;
                history.fill(guest.control());
                changeData();
                history.fill(guest.control());
              });
      default -> {}
    }
  }

  private void changeData() {
    if (random.nextBoolean()) {
      changeMemory(pick(DATA_FRAMES), 1);
    } else {
      long frames = 1L << random.nextInt(10);
      changeMemory(pick(HUGE_DATA_FRAMES) & -frames, frames);
    }
  }

  private void changeMemory(long first, long frames) {
    HostMap map = guest.memory.hostMap();
    if (!map.backs(first, frames)) {
      if (map.behind(first, frames).isEmpty()) {
        host.map(first, free(), frames);
      }
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> host.unmap(first, frames);
      case 1 -> host.move(first, free(), frames);
      case 2 -> host.protect(first, frames);
      default -> host.allow(first, frames);
    }
  }

  /** A run of host frames that belonged to nobody, aligned or not. */
  private long free() {
    freeHostFrame += 0x1000;
    return freeHostFrame + random.nextInt(2);
  }

  private void log() {
    noteUpdates();
    if (!logged) {
      host.startLog();
      logged = true;
      written.clear();
      return;
    }
    Set<Long> named = host.harvest();
    assertTrue(named.containsAll(written), () -> named + " does not name all of " + written);
    harvested += written.size();
    written.clear();
  }

  private void noteUpdates() {
    List<WordMemory.Update> updates = guest.memory.updates();
    updates
        .subList(Math.min(updatesSeen, updates.size()), updates.size())
        .forEach(update -> written.add(update.address() >>> 12));
    updatesSeen = updates.size();
  }

  private void noteStore(Access access) {
    if (logged && access.isStore()) {
      ActiveEntry entry = guest.entry(access.set(), access.page()).orElseThrow();
      written.add(guest.memory.hostMap().guestFrame(entry.hostFrame(access.page())));
    }
  }

  private TranslationHistory historyOf(Guest of) {
    List<Long> pages = PAGED.stream().flatMap(any -> PAGES.get(any).stream()).distinct().toList();
    return new TranslationHistory(of.memory, profile, wide() ? pages : PAGES.get(layout));
  }

  private boolean wide() {
    return layout == Layout.LEVELS_4 || layout == Layout.LEVELS_5;
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> edit();
      case 6, 7 -> invalidate();
      case 8, 9, 10 -> writeControl();
      default -> access();
    }
    history.fill(guest.control());
  }

  /** Another value for the entry of some level that some page uses. */
  private void edit() {
    if (!guest.control().paging()) {
      return;
    }
    int level = random.nextInt(4) == 0 ? random.nextInt(layout.levels()) : random.nextInt(2);
    boolean large = (level == 1 || level == 2) && random.nextInt(3) != 0;
    long[] small = hosted && level == 0 ? DATA_FRAMES : FRAMES;
    long[] frames = large ? (level == 2 ? HUGE_FRAMES : LARGE_FRAMES) : small;
    long entry = pick(frames) << 12 | flags() | (large ? Guest.PS : 0);
    if (level == 0 || large || random.nextInt(4) == 0) {
      guest.set(page(), level, entry);
    } else {
      guest.flip(page(), level, 1L << random.nextInt(9));
    }
  }

  private long flags() {
    long flags = random.nextInt(128) | (random.nextInt(4) == 0 ? 0 : Guest.P | Guest.W | Guest.U);
    flags |= random.nextInt(3) == 0 ? Guest.G : 0;
    if (layout.entryBytes() == 8) {
      flags |= random.nextInt(4) == 0 ? Guest.XD : 0;
      flags |= wide() ? (long) random.nextInt(3) << 59 : 0;
      flags |= random.nextInt(12) == 0 ? 1L << random.nextInt(12, 63) : 0;
    } else {
      flags |= random.nextInt(12) == 0 ? 1L << random.nextInt(12, 22) : 0;
    }
    return flags;
  }

  private void invalidate() {
    long page = page();
    ControlState control = guest.control();
    if (wide() && random.nextBoolean()) {
      InvalidationType type = TYPES.get(random.nextInt(TYPES.size()));
      int pcid = control.processContexts() ? random.nextInt(3) : 0;
      guest.invalidate(type, pcid, page);
      history.invalidate(type, pcid, page);
      return;
    }
    guest.invalidate(page);
    history.invalidate(page, control);
    for (PrivilegeSet set : sets()) {
      assertEquals("none", guest.seen(set, page));
    }
  }

  private void writeControl() {
    switch (random.nextInt(9)) {
      case 0 -> toggle(ControlRegister.CR0, ControlState.CR0_WP);
      case 1 -> toggle(ControlRegister.CR4, pick(TOGGLED));
      case 2 -> toggle(ControlRegister.EFER, ControlState.EFER_NXE);
      case 3 -> toggle(ControlRegister.CR4, ControlState.CR4_PSE);
      case 4 -> pagingOffAndOn();
      case 5 -> toggleContexts();
      default -> loadRoot();
    }
  }

  private void pagingOffAndOn() {
    if (guest.control().processContexts() || random.nextInt(4) != 0) {
      return;
    }
    toggle(ControlRegister.CR0, ControlState.CR0_PG);
    for (int times = 0; times < 10; times++) {
      access();
      checkListed();
    }
    toggle(ControlRegister.CR0, ControlState.CR0_PG);
  }

  private void toggleContexts() {
    if (!wide()) {
      return;
    }
    if (!guest.control().processContexts() && guest.control().cr3() % 4096 != 0) {
      write(ControlRegister.CR3, guest.control().cr3() & ~Guest.PCID);
    }
    toggle(ControlRegister.CR4, ControlState.CR4_PCIDE);
  }

  private void loadRoot() {
    long frame = layout == Layout.PAE || random.nextInt(3) != 0 ? Layout.ROOT : 0x21;
    boolean contexts = guest.control().processContexts();
    long pcid = contexts ? random.nextInt(3) : 0;
    long keep = contexts && random.nextBoolean() ? ControlState.CR3_NO_FLUSH : 0;
    write(ControlRegister.CR3, frame << 12 | pcid | keep);
    if (keep != 0 && !guest.entries(PrivilegeSet.USER).isEmpty()) {
      contextsReused++;
    }
  }

  private void toggle(ControlRegister register, long bit) {
    write(register, guest.control().get(register) ^ bit);
  }

  private void write(ControlRegister register, long value) {
    Map<PrivilegeSet, List<ActiveEntry>> before = new EnumMap<>(PrivilegeSet.class);
    sets().forEach(set -> before.put(set, guest.entries(set)));
    ControlState old = guest.control();
    Response response = guest.write(register, value);
    obey(register, value, old, guest.control());
    history.fill(guest.control());
    if (interrupted) {
      return;
    }
    ResyncKind kind = response.report().orElseThrow().resync();
    for (PrivilegeSet set : sets()) {
      List<ActiveEntry> after = guest.entries(set);
      List<ActiveEntry> listed = before.getOrDefault(set, after);
      switch (kind) {
        case FULL -> checkCompared(set, listed, after);
        case NONE -> assertEquals(listed, after);
        case FLUSH, PARTIAL -> {}
      }
    }
  }

  private void checkCompared(PrivilegeSet set, List<ActiveEntry> before, List<ActiveEntry> after) {
    for (ActiveEntry entry : after) {
      assertTrue(history.matchesNow(entry, set, guest.control()), entry::toString);
    }
    for (ActiveEntry entry : before) {
      boolean kept = entry.pages() > 1 || after.contains(entry);
      assertTrue(kept || !history.matchesNow(entry, set, guest.control()), entry::toString);
    }
  }

  /** Drops from the history what the processor drops, and nothing else. */
  private void obey(ControlRegister register, long value, ControlState old, ControlState now) {
    long changed = old.get(register) ^ now.get(register);
    switch (register) {
      case CR0 -> {
        if ((changed & ControlState.CR0_PG) != 0) {
          history.invalidateAll();
        }
      }
      case CR3 -> {
        if (value >= 0 || !now.processContexts()) {
          history.invalidateContext(now.pcid());
        }
      }
      case CR4 -> {
        long flushing = ControlState.CR4_PGE;
        flushing |= profile.vendor() == Vendor.AMD ? ControlState.CR4_PSE : 0;
        flushing |= old.processContexts() ? ControlState.CR4_PCIDE : 0;
        long set = profile.vendor() == Vendor.AMD ? ControlState.CR4_PKE : 0;
        if ((changed & flushing) != 0 || (changed & now.cr4() & set) != 0) {
          history.invalidateAll();
        }
        if ((changed & now.cr4() & ControlState.CR4_SMEP) != 0) {
          history.invalidateContext(now.pcid());
        }
      }
      case EFER -> {}
    }
  }

  private void access() {
    AccessKind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<PrivilegeSet> sets = sets();
    PrivilegeSet set = sets.get(random.nextInt(sets.size()));
    long page = page();
    int pkru = random.nextBoolean() ? 0 : random.nextInt();
    Access access = new Access(page << 12, kind, set, pkru, 4);
    if (permitted(access)) {
      noteStore(access);
      return;
    }
    PlainWalk walk = history.walk(guest.control(), page);
    Response response = guest.access(access);
    switch (response.action()) {
      case Action.Resume() -> {
        assertTrue(permitted(access));
        noteStore(access);
        history.fill(guest.control());
        assertTrue(
            guest.entry(set, page).stream()
                .allMatch(entry -> history.matchesNow(entry, set, guest.control())));
      }
      case Action.InjectPageFault fault -> {
        faults++;
        if (!interrupted) {
          assertEquals(expectedCode(walk, access), fault.code());
        }
        history.invalidate(page, guest.control());
        assertEquals("none", guest.seen(set, page));
      }
      case Action.DeviceAccess() -> {
        assertEquals("none", guest.seen(set, page));
        if (!interrupted) {
          HostMap map = guest.memory.hostMap();
          boolean readOnly = access.isStore() && map.readOnly(walk.frame());
          readOnlyStores += readOnly ? 1 : 0;
          assertTrue(readOnly || map.hostFrame(walk.frame()) == HostMap.NO_FRAME);
        }
      }
      case Action.StoreEmulated() -> throw new AssertionError("no store is emulated");
    }
  }

  /** The error code by which a walk denies an access; fails if it permits it. */
  private FaultCode expectedCode(PlainWalk walk, Access access) {
    ControlState control = guest.control();
    int code = (access.isStore() ? 2 : 0) | (access.isUser() ? 4 : 0);
    boolean named =
        control.supervisorExecutionPrevention()
            || (control.noExecute() && control.physicalAddressExtension());
    code |= access.isFetch() && named ? 0x10 : 0;
    if (!walk.reached()) {
      return new FaultCode(code | walk.code());
    }
    PlainWalk dirtied =
        new PlainWalk(
            walk.code(),
            walk.start(),
            walk.pages(),
            walk.frame(),
            walk.writable(),
            walk.user(),
            walk.executeDisable(),
            true,
            walk.leaf() | Guest.D);
    boolean byKey = forbidden(TranslationHistory.key(walk, control), access, control);
    boolean allowed =
        TranslationHistory.rights(dirtied, access.set(), control).allow(access.kind());
    assertTrue(byKey || !allowed, () -> "permitted: " + walk);
    return new FaultCode(code | 1 | (byKey ? 0x20 : 0));
  }

  private static boolean forbidden(int key, Access access, ControlState control) {
    if (key == ActiveEntry.NO_KEY || access.isFetch()) {
      return false;
    }
    boolean all = (access.pkru() & 1 << (2 * key)) != 0;
    boolean writes = (access.pkru() & 2 << (2 * key)) != 0;
    return all || (writes && access.isStore() && (access.isUser() || control.writeProtect()));
  }

  private boolean permitted(Access access) {
    return guest
        .entry(access.set(), access.page())
        .filter(entry -> entry.rights().allow(access.kind()))
        .filter(entry -> !forbidden(entry.key(), access, guest.control()))
        .isPresent();
  }

  private void checkListed() {
    for (PrivilegeSet set : sets()) {
      List<ActiveEntry> entries = guest.entries(set);
      for (ActiveEntry entry : entries) {
        assertTrue(history.admits(entry, set, guest.control()), entry::toString);
        largeSeen += entry.pages() > 1 ? 1 : 0;
      }
      for (long page : PAGES.getOrDefault(layout, List.of())) {
        assertTrue(entries.stream().filter(entry -> entry.covers(page)).count() <= 1);
      }
    }
  }

  private List<PrivilegeSet> sets() {
    return Arrays.stream(PrivilegeSet.values()).filter(set -> set.exists(guest.control())).toList();
  }

  private long page() {
    List<Long> pages = PAGES.getOrDefault(layout, List.of());
    long page = pages.get(random.nextInt(pages.size()));
    return guest.control().paging() ? page : page & 0xFFFFF;
  }

  private long pick(long[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
