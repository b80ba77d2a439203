package io.vtlb.model.admissible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.control.Invpcid;
import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The two forms of the definition, side by side: the saturated set, and the search of a recorded
 * history.
 */
final class BothForms {

  private static final Vcpu VCPU = new Vcpu(0, 0);

  private final Profile profile;
  private final GuestPhysicalMemory memory = new ExampleGuest(0).memory();
  private final RecordedHistory history;
  private final AdmissibleTranslations saturated;
  private HistorySearch search;
  private boolean heldLargePageInPart;
  private boolean heldOfOtherContext;
  private boolean heldThatDeniesNoMore;

  BothForms(RandomHistories.History start) {
    profile = start.profile();
    int[] words = new int[SmallWorld.size()];
    List<Long> addresses = SmallWorld.entries();
    for (int i = 0; i < addresses.size(); i++) {
      long address = addresses.get(i);
      long value = start.image().get(i);
      memory.store(address, 8, value);
      words[SmallWorld.word(address)] = (int) value;
      words[SmallWorld.word(address + 4)] = (int) (value >>> 32);
    }
    ControlState control = start.control();
    if (control.paePaging()) {
      control = PdpteLoad.of(control, profile, memory).map(control::with).orElse(control);
    }
    history = new RecordedHistory(profile, control, words);
    saturated = new AdmissibleTranslations(new Walker(profile), memory, control);
    search = history.search();
  }

  /** Lets a step happen in both; what would be a #GP does not happen. */
  void apply(HistoryStep step) {
    switch (step) {
      case HistoryStep.Store(long address, int bytes, long value) -> store(address, bytes, value);
      case HistoryStep.SetBits(long address, long bits) ->
          store(address, 8, memory.read(address, 8) | bits);
      case HistoryStep.InvertBits(long address, long bits) ->
          store(address, 8, memory.read(address, 8) ^ bits);
      case HistoryStep.LoadRoot(long value) -> write(ControlRegister.CR3, value);
      case HistoryStep.ReloadRoot(boolean keeps) ->
          write(ControlRegister.CR3, control().cr3() | (keeps ? ControlState.CR3_NO_FLUSH : 0));
      case HistoryStep.InvertControl(ControlRegister register, long bits) ->
          write(register, control().get(register) ^ bits);
      case HistoryStep.SwitchMode(PagingMode to, long root) -> switchMode(to, root);
      case HistoryStep.InvalidatePage(int number) -> {
        long page = page(number);
        Invalidation invalidation = Invalidation.ofPage(page, control());
        drop(() -> history.invalidatePage(page, memory), invalidation);
      }
      case HistoryStep.InvalidatePcid(InvalidationType type, int pcid, int number) -> {
        long page = page(number);
        if (Invpcid.isLegal(type, pcid, PageSize.address(page, 0), control())) {
          Invalidation invalidation = Invalidation.ofPcid(type, pcid, page, control());
          drop(() -> history.invalidatePcid(type, pcid, page, memory), invalidation);
        }
      }
      case HistoryStep.DeliverFault(int number) -> {
        long page = page(number);
        drop(() -> history.deliverFault(page), Invalidation.ofDeliveredFault(page, control()));
      }
      case HistoryStep.DeliverWalkFault(int number) -> {
        long page = page(number);
        drop(
            () -> history.deliverWalkFault(page),
            Invalidation.ofDeliveredWalkFault(page, control()));
      }
    }
    search = history.search();
    for (long page : SmallWorld.pages(mode())) {
      saturated.forEach(
          page,
          translation -> {
            heldLargePageInPart |= translation.pages() > 1 && !saturated.holdsWhole(translation);
            heldOfOtherContext |= translation.pcid() != control().pcid();
          });
    }
  }

  private ControlState control() {
    return history.now().control();
  }

  private PagingMode mode() {
    return history.now().mode();
  }

  private long page(int number) {
    List<Long> pages = SmallWorld.pages(mode());
    return pages.get(number % pages.size());
  }

  private void store(long address, int bytes, long value) {
    memory.store(address, bytes, value);
    saturated.stored(address);
    if (bytes == 4) {
      history.store(address, (int) value);
    } else {
      history.store(address, value);
      saturated.stored(address + 4);
    }
  }

  private void write(ControlRegister register, long value) {
    ControlState before = control();
    Optional<ControlState> after = RegisterWrite.of(register, value, before, profile, memory);
    if (after.isPresent()) {
      history.writeControl(register, value, after.get());
      List<Invalidation> obliged =
          Invalidation.ofControlWrite(
                  new Event.ControlWrite(VCPU, register, value, before, after.get()), profile)
              .stream()
              .toList();
      assertGone(before, () -> saturated.controlWritten(after.get(), obliged));
    }
  }

  private void switchMode(PagingMode to, long root) {
    write(ControlRegister.CR4, control().cr4() & ~ControlState.CR4_PCIDE);
    write(ControlRegister.CR0, control().cr0() & ~ControlState.CR0_PG);
    boolean wide = to.format().bytes() == 8;
    long modeBits = ControlState.CR4_PAE | ControlState.CR4_LA57;
    write(
        ControlRegister.CR4,
        (control().cr4() & ~modeBits)
            | (wide ? ControlState.CR4_PAE : 0)
            | (to.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0));
    write(
        ControlRegister.EFER,
        to.signExtended()
            ? control().efer() | ControlState.EFER_LME
            : control().efer() & ~ControlState.EFER_LME);
    write(ControlRegister.CR3, root);
    if (!to.equals(PagingMode.NONE)) {
      write(ControlRegister.CR0, control().cr0() | ControlState.CR0_PG);
    }
  }

  private void drop(Runnable recorded, Invalidation invalidation) {
    recorded.run();
    assertGone(control(), () -> saturated.drop(invalidation));
  }

  /**
   * A translation is said to be gone if it could be used and cannot any more, and none that can.
   */
  private void assertGone(ControlState before, Supplier<List<Translation>> dropping) {
    Map<Long, Set<Fragment>> held = new HashMap<>();
    if (before.paging()) {
      SmallWorld.pages(PagingMode.of(before)).forEach(page -> held.put(page, fragments(page)));
    }
    List<Translation> gone = dropping.get();
    held.forEach((page, fragments) -> {
      fragments.removeAll(fragments(page));
      for (Fragment fragment : fragments) {
        assertTrue(
            gone.stream()
                .anyMatch(one -> one.covers(page) && Fragment.of(one, page).equals(fragment)),
            () -> "page 0x%x lost %s, which is not among %s".formatted(page, fragment, gone));
      }
    });
    for (Translation one : control().paging() ? gone : List.<Translation>of()) {
      boolean inUse =
          one.pages() == 1
              ? fragments(one.page()).contains(Fragment.of(one, one.page()))
              : saturated.at(one.page()).contains(one) && saturated.holdsWhole(one);
      assertFalse(inUse, () -> one + " is said to be gone");
    }
  }

  /** Both forms say the same of every page and partial walk. */
  void assertAlike() {
    for (long page : SmallWorld.pages(mode())) {
      assertEquals(
          search.fragments(page),
          fragments(page),
          () -> "page 0x%x: by history, then saturated".formatted(page));
      if (!mode().levels().isEmpty()) {
        assertEquals(
            search.denying(page),
            denying(page),
            () -> "denying page 0x%x: by history, then saturated".formatted(page));
      }
      saturated.forEach(
          page,
          translation -> {
            if (translation.pages() > 1) {
              assertEquals(search.isWhole(translation), saturated.holdsWhole(translation));
            }
          });
    }
    Set<PartialWalk> walks = new HashSet<>(saturated.walks());
    walks.removeIf(walk -> !SmallWorld.leadsThrough(walk.page(), walk.depth(), mode()));
    assertEquals(search.walks(), walks, "partial walks by history, then saturated");
  }

  private Set<Fragment> fragments(long page) {
    Set<Fragment> fragments = new HashSet<>();
    saturated.forEach(page, translation -> fragments.add(Fragment.of(translation, page)));
    return fragments;
  }

  private Set<Fragment> denying(long page) {
    Set<Fragment> denying = new HashSet<>();
    saturated.forEach(
        page,
        translation -> {
          if (saturated.mayDeny(translation, page)) {
            denying.add(Fragment.of(translation, page));
          } else {
            heldThatDeniesNoMore = true;
          }
        });
    return denying;
  }

  /** True if some translation denied nothing more at some time, but could be used. */
  boolean heldThatDeniesNoMore() {
    return heldThatDeniesNoMore;
  }

  /** True if some translation may be used that a walk now would not find. */
  boolean holdsStale() {
    HistorySearch fresh = history.searchOnlyNow();
    return SmallWorld.pages(mode()).stream()
        .anyMatch(page -> !fresh.fragments(page).containsAll(fragments(page)));
  }

  /** True if some large page was held in part at some time. */
  boolean heldLargePageInPart() {
    return heldLargePageInPart;
  }

  /** True if some translation that was read under another PCID could be used at some time. */
  boolean heldOfOtherContext() {
    return heldOfOtherContext;
  }
}
