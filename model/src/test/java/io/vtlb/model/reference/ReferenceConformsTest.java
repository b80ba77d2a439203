package io.vtlb.model.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.monitor.LongGuest;
import io.vtlb.model.rule.Rule;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a guest does, in any mode and on either virtual CPU, makes the monitor blame the
 * reference.
 */
class ReferenceConformsTest {

  private static final int STEPS = 250;
  private static final long SEEDS = 200;

  /** Small seeds begin alike. */
  private static final long SCRAMBLE = 0x9E37_79B9_7F4A_7C15L;

  private static final Set<Rule> NEEDS_TWO_MACHINES_OR_A_HOST =
      EnumSet.of(Rule.ISOLATE_1, Rule.ISOLATE_2, Rule.HOST_1, Rule.HOST_2, Rule.HOST_3);
  private static final List<Long> TABLES =
      List.of(
          LongGuest.ROOT,
          LongGuest.OTHER_ROOT,
          LongGuest.POINTERS,
          LongGuest.DIRECTORY,
          LongGuest.TABLE,
          LongGuest.TABLE,
          LongGuest.OTHER_POINTERS,
          LongGuest.OTHER_DIRECTORY,
          LongGuest.OTHER_TABLE);
  private static final List<Long> LEAF_TABLES =
      List.of(LongGuest.TABLE, LongGuest.TABLE, LongGuest.OTHER_TABLE);
  private static final List<Long> FRAMES =
      List.of(
          LongGuest.FRAME,
          LongGuest.OTHER_FRAME,
          LongGuest.DEVICE_FRAME,
          LongGuest.FRAME_2M,
          LongGuest.FRAME_1G,
          LongGuest.ROOT,
          LongGuest.POINTERS,
          LongGuest.DIRECTORY,
          LongGuest.TABLE,
          LongGuest.OTHER_TABLE);
  private static final List<Long> PAGES =
      List.of(
          0L,
          0L,
          0L,
          1L,
          1L,
          2L,
          LongGuest.FRAME,
          LongGuest.TABLE,
          (long) PageSize.LARGE_2M,
          (long) PageSize.LARGE_1G,
          -1L << 27);
  private static final List<AccessKind> KINDS = List.of(AccessKind.values());
  private static final List<InvalidationType> TYPES = List.of(InvalidationType.values());
  private static final List<Long> CR4_BITS =
      List.of(
          ControlState.CR4_PSE,
          ControlState.CR4_PAE,
          ControlState.CR4_PGE,
          ControlState.CR4_LA57,
          ControlState.CR4_PCIDE,
          ControlState.CR4_SMEP,
          ControlState.CR4_SMEP,
          ControlState.CR4_SMEP,
          ControlState.CR4_SMAP,
          ControlState.CR4_PKE);

  @Property(tries = 100)
  void inEveryMode(@ForAll long seed) {
    run(seed);
  }

  @Test
  void andBreakingAnyRuleOfOneMachineWouldHaveShown() {
    Map<Rule, Long> exercised = new EnumMap<>(Rule.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      PlayedVmm played = run(seed * SCRAMBLE);
      for (Rule rule : Rule.values()) {
        exercised.merge(rule, played.exercised(rule), Long::sum);
      }
    }
    Set<Rule> vacuous = EnumSet.noneOf(Rule.class);
    exercised.forEach((rule, times) -> {
      if (times == 0) {
        vacuous.add(rule);
      }
    });
    assertEquals(NEEDS_TWO_MACHINES_OR_A_HOST, vacuous);
  }

  private static PlayedVmm run(long seed) {
    Random random = new Random(seed);
    LongGuest guest = new LongGuest(0);
    ControlState initial =
        switch (random.nextInt(6)) {
          case 0 -> LongGuest.UNPAGED;
          case 1 -> guest.pae();
          case 2 -> LongGuest.FIVE_LEVEL;
          case 3, 4 -> LongGuest.CONTEXTS;
          default -> LongGuest.FOUR_LEVEL;
        };
    PlayedVmm played = new PlayedVmm(guest, initial);
    for (int step = 0; step < STEPS; step++) {
      play(played, random);
    }
    return played;
  }

  private static void play(PlayedVmm played, Random random) {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> edit(played, random);
      case 4, 5, 6, 7, 8 ->
          played.access(
              pick(PAGES, random),
              pick(KINDS, random),
              LongGuest.entry(pick(FRAMES, random), "PWUAD"));
      case 9 -> played.invalidatePage(pick(PAGES, random));
      case 10 -> played.invalidatePcid(pick(TYPES, random), random.nextInt(3), pick(PAGES, random));
      case 11 -> played.schedule(random.nextInt(2));
      case 12 -> played.changePrivilege(random.nextInt(3) == 0 ? 3 : random.nextInt(2));
      case 13 -> {
        played.setAlignmentCheck(random.nextBoolean());
        played.setPkru(random.nextInt());
      }
      default -> write(played, random);
    }
  }

  /** Mostly leaves change, so that most pages stay mapped. */
  private static void edit(PlayedVmm played, Random random) {
    boolean leaf = random.nextInt(8) != 0;
    long table = leaf ? pick(LEAF_TABLES, random) : pick(TABLES, random);
    int index = random.nextInt(leaf ? 3 : 2);
    StringBuilder flags = new StringBuilder(random.nextInt(9) == 0 ? "" : "P");
    for (char flag : "WUAADDGXL".toCharArray()) {
      if ((flag == 'L' || flag == 'X') ? random.nextInt(9) == 0 : random.nextInt(5) != 0) {
        flags.append(flag);
      }
    }
    long entry = LongGuest.entry(pick(FRAMES, random), flags.toString(), random.nextInt(3));
    if (random.nextBoolean()) {
      played.store(LongGuest.address(table, index), 8, entry);
    } else {
      played.store(LongGuest.address(table, index), 4, entry & 0xFFFF_FFFFL);
    }
  }

  private static void write(PlayedVmm played, Random random) {
    ControlState control = played.control();
    switch (random.nextInt(9)) {
      case 0 -> played.write(ControlRegister.CR0, control.cr0() ^ ControlState.CR0_PG);
      case 1 -> played.write(ControlRegister.CR0, control.cr0() ^ ControlState.CR0_WP);
      case 2, 6 -> played.write(ControlRegister.CR4, control.cr4() ^ pick(CR4_BITS, random));
      case 3 -> played.write(ControlRegister.EFER, control.efer() ^ ControlState.EFER_NXE);
      case 4 -> played.write(ControlRegister.EFER, control.efer() ^ ControlState.EFER_LME);
      case 5 -> played.write(ControlRegister.CR3, control.cr3());
      default -> {
        long root = random.nextBoolean() ? LongGuest.ROOT : LongGuest.OTHER_ROOT;
        int pcid = control.processContexts() ? random.nextInt(3) : 0;
        long keep =
            control.processContexts() && random.nextBoolean() ? ControlState.CR3_NO_FLUSH : 0;
        played.write(ControlRegister.CR3, PageSize.address(root, pcid) | keep);
      }
    }
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
