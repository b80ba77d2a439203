package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over random histories every listed entry is one that a TLB could hold, and resyncs are exact. */
class RandomHistoryTest {

  private static final long[] PAGES = {0, 1, 1023, 1024, 1025, 1536, 2047, 0xFFFFF};
  private static final int[] DIRECTORY_INDEXES = {0, 1, 1023};
  private static final int[] ROOTS = {1, 4};
  private static final int[] TABLES = {1, 2, 3};
  private static final int[] FRAMES = {1, 2, 9, 10, 11, 3583, 3584};
  private static final int[] LARGE_FRAMES = {0, 1024, 2048, 3072};
  private static final List<AccessKind> KINDS = List.of(AccessKind.values());
  private static final List<PrivilegeSet> SETS = List.of(PrivilegeSet.values());
  private static final int RUNS = 60;
  private static final int OPERATIONS = 300;

  private Guest guest = new Guest();
  private TranslationHistory history = new TranslationHistory(guest.memory, PAGES);
  private Random random = new Random(0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void listedEntriesAreAdmissible(long seed) {
    random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      guest = new Guest();
      history = new TranslationHistory(guest.memory, PAGES);
      for (int operation = 0; operation < OPERATIONS; operation++) {
        step();
        checkListed();
      }
    }
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> editDirectory();
      case 3, 4, 5, 6 -> editTable();
      case 7 -> invalidate();
      case 8 -> writeControl();
      default -> access();
    }
    history.fill(guest.control());
  }

  private void editDirectory() {
    boolean large = random.nextBoolean();
    int frame = pick(large ? LARGE_FRAMES : TABLES);
    long upper = large && random.nextInt(8) == 0 ? 1L << random.nextInt(13, 22) : 0;
    long size = large ? Guest.PS : 0;
    guest.entry(pick(ROOTS), pick(DIRECTORY_INDEXES), frame, flags() | size | upper);
  }

  private void editTable() {
    int index = (int) (PAGES[random.nextInt(PAGES.length)] % 1024);
    guest.entry(pick(TABLES), index, pick(FRAMES), flags());
  }

  private long flags() {
    return random.nextInt(128) | (random.nextInt(4) == 0 ? 0 : Guest.P | Guest.W | Guest.U);
  }

  private void invalidate() {
    long page = page();
    guest.invalidate(page);
    history.invalidate(page);
    for (PrivilegeSet set : PrivilegeSet.values()) {
      assertEquals("none", guest.seen(set, page));
    }
  }

  private void writeControl() {
    Map<PrivilegeSet, List<ActiveEntry>> before =
        Map.of(
            PrivilegeSet.SUPERVISOR,
            guest.entries(PrivilegeSet.SUPERVISOR),
            PrivilegeSet.USER,
            guest.entries(PrivilegeSet.USER));
    switch (random.nextInt(4)) {
      case 0 -> toggle(ControlRegister.CR0, ControlState.CR0_WP);
      case 1 -> toggle(ControlRegister.CR4, ControlState.CR4_PSE);
      case 2 -> toggle(ControlRegister.CR4, ControlState.CR4_PGE);
      default -> guest.root(pick(ROOTS));
    }
    history.invalidateAll();
    for (PrivilegeSet set : PrivilegeSet.values()) {
      List<ActiveEntry> after = guest.entries(set);
      for (ActiveEntry entry : after) {
        assertTrue(history.matchesNow(entry, set, guest.control()), entry::toString);
      }
      for (ActiveEntry entry : before.getOrDefault(set, List.of())) {
        boolean kept = entry.pages() > 1 || after.contains(entry);
        assertTrue(kept || !history.matchesNow(entry, set, guest.control()), entry::toString);
      }
    }
  }

  private void toggle(ControlRegister register, long bit) {
    guest.write(register, guest.control().get(register) ^ bit);
  }

  private void access() {
    AccessKind kind = pick(KINDS);
    PrivilegeSet set = pick(SETS);
    long page = page();
    if (permitted(kind, set, page)) {
      return;
    }
    Response response = guest.access(kind, set, page);
    switch (response.action()) {
      case Action.Resume() -> {
        assertTrue(permitted(kind, set, page));
        history.fill(guest.control());
        assertTrue(
            guest.entry(set, page).stream()
                .allMatch(entry -> history.matchesNow(entry, set, guest.control())));
      }
      case Action.InjectPageFault fault -> {
        history.invalidate(page);
        assertEquals("none", guest.seen(set, page));
      }
      case Action.DeviceAccess() -> assertEquals("none", guest.seen(set, page));
      case Action.StoreEmulated() -> throw new AssertionError("no store is emulated");
    }
  }

  private boolean permitted(AccessKind kind, PrivilegeSet set, long page) {
    return guest.entry(set, page).filter(entry -> entry.rights().allow(kind)).isPresent();
  }

  private void checkListed() {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      List<ActiveEntry> entries = guest.entries(set);
      for (ActiveEntry entry : entries) {
        assertTrue(history.admits(entry, set, guest.control()), entry::toString);
      }
      for (long page : PAGES) {
        assertTrue(entries.stream().filter(entry -> entry.covers(page)).count() <= 1);
      }
    }
  }

  private long page() {
    return PAGES[random.nextInt(PAGES.length)];
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private int pick(int[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
