package io.vtlb.model.admissible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The two forms of the definition, side by side: the saturated set, and the search of a recorded
 * history.
 */
final class BothForms {

  private final GuestPhysicalMemory memory = new ExampleGuest(0).memory();
  private final RecordedHistory history;
  private final AdmissibleTranslations saturated;

  BothForms(RandomHistories.History start) {
    Map<Long, Integer> words = new HashMap<>();
    for (HistoryStep.Store store : start.image()) {
      words.put(store.address(), store.value());
      memory.write(store.address(), store.value());
    }
    history = new RecordedHistory(start.profile(), ExampleGuest.CONTROL, words);
    saturated =
        new AdmissibleTranslations(
            new Walker(PagingMode.TWO_LEVEL, start.profile()), memory, ExampleGuest.CONTROL);
  }

  /**
   * Lets a step happen in both; a translation is said to be gone if it was held and is not any
   * more.
   */
  void apply(HistoryStep step) {
    switch (step) {
      case HistoryStep.Store(long address, int value) -> store(address, value);
      case HistoryStep.SetBits(long address, int bits) ->
          store(address, history.word(address) | bits);
      case HistoryStep.InvertBits(long address, int bits) ->
          store(address, history.word(address) ^ bits);
      case HistoryStep.LoadRoot(long value) -> write(ControlRegister.CR3, value);
      case HistoryStep.ReloadRoot() -> write(ControlRegister.CR3, history.control().cr3());
      case HistoryStep.InvertControl(ControlRegister register, long bit) ->
          write(register, history.control().get(register) ^ bit);
      case HistoryStep.InvalidatePage(long page) -> {
        Map<Long, Set<Fragment>> before = held();
        history.invalidatePage(page);
        assertGone(before, saturated.drop(Invalidation.ofPage(page)));
      }
      case HistoryStep.DeliverFault(long page) -> {
        Map<Long, Set<Fragment>> before = held();
        history.deliverFault(page);
        assertGone(before, saturated.drop(Invalidation.ofDeliveredFault(page)));
      }
      case HistoryStep.DeliverWalkFault(long page) -> {
        Map<Long, Set<Fragment>> before = held();
        history.deliverWalkFault(page);
        assertGone(before, saturated.drop(Invalidation.ofDeliveredWalkFault(page)));
      }
    }
  }

  private void store(long address, int value) {
    history.store(address, value);
    memory.write(address, value);
    saturated.stored(address);
  }

  private void write(ControlRegister register, long value) {
    Map<Long, Set<Fragment>> before = held();
    ControlState old = history.control();
    history.writeControl(register, value);
    List<Invalidation> obliged =
        Invalidation.ofControlWrite(register, old, history.control()).stream().toList();
    assertGone(before, saturated.controlWritten(history.control(), obliged));
  }

  private Map<Long, Set<Fragment>> held() {
    Map<Long, Set<Fragment>> held = new HashMap<>();
    RandomHistories.PAGES.forEach(page -> held.put(page, fragments(page)));
    return held;
  }

  private void assertGone(Map<Long, Set<Fragment>> before, List<Translation> gone) {
    for (long page : RandomHistories.PAGES) {
      Set<Fragment> lost = new HashSet<>(before.getOrDefault(page, Set.of()));
      lost.removeAll(fragments(page));
      for (Fragment fragment : lost) {
        assertTrue(
            gone.stream()
                .anyMatch(one -> one.covers(page) && Fragment.of(one, page).equals(fragment)),
            () -> "page 0x%x lost %s, which is not among %s".formatted(page, fragment, gone));
      }
    }
    for (Translation one : gone) {
      assertFalse(one.pages() == 1 && fragments(one.page()).contains(Fragment.of(one, one.page())));
    }
  }

  void assertAlike() {
    for (long page : RandomHistories.PAGES) {
      assertEquals(
          history.fragments(page),
          fragments(page),
          () -> "page 0x%x: by history, then saturated".formatted(page));
    }
    for (long region = 0; region < RandomHistories.ENTRIES; region++) {
      assertEquals(history.wholeLargePages(region), wholeLargePages(region));
    }
    assertEquals(history.walks(RandomHistories.ENTRIES), walks());
  }

  private Set<Fragment> fragments(long page) {
    Set<Fragment> fragments = new HashSet<>();
    saturated.forEach(page, translation -> fragments.add(Fragment.of(translation, page)));
    return fragments;
  }

  private Set<Fragment> wholeLargePages(long region) {
    Set<Fragment> whole = new HashSet<>();
    long first = ExampleGuest.page((int) region, 0);
    for (Translation translation : saturated.at(first)) {
      if (translation.pages() > 1 && saturated.holdsWhole(translation)) {
        whole.add(Fragment.of(translation, first));
      }
    }
    return whole;
  }

  private Set<RecordedHistory.Reached> walks() {
    Set<RecordedHistory.Reached> walks = new HashSet<>();
    for (PartialWalk walk : saturated.walks()) {
      assertEquals(1, walk.depth());
      assertTrue(walk.rights().executable());
      walks.add(
          new RecordedHistory.Reached(
              Forgotten.region(walk.page()),
              walk.table(),
              walk.rights().writable(),
              walk.rights().user()));
    }
    return walks;
  }

  /** True if some translation is held that a walk now would not find. */
  boolean holdsStale() {
    return RandomHistories.PAGES.stream()
        .anyMatch(page ->
            fragments(page).stream().anyMatch(fragment -> !history.isFresh(page, fragment)));
  }

  /** True if some large page is held in part. */
  boolean holdsLargePageInPart() {
    return RandomHistories.PAGES.stream()
        .flatMap(page -> saturated.at(page).stream())
        .anyMatch(translation -> translation.pages() > 1 && !saturated.holdsWhole(translation));
  }
}
