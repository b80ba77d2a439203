package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.paging.Walker;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one entry says is read alike at every level of every mode. */
class EntryAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 24;
  private static final Function SIZE_AT = Smt.function("size-at");
  private static final Function OFFSET_MASK = Smt.function("offset-mask");
  private static final Function LEVELS = Smt.function("levels");
  private static final Function IN_REGISTERS = Smt.function("in-registers");
  private static final Function RESERVED_4_BYTES = Smt.function("reserved-4-bytes");
  private static final Function RESERVED_8_BYTES = Smt.function("reserved-8-bytes");
  private static final Function MEANING = Smt.function("meaning");
  private static final Function MAPS_PAGE = Smt.function("maps-page");
  private static final Function TABLE_FRAME = Smt.function("table-frame");
  private static final Function LEAF_FRAME = Smt.function("leaf-frame");
  private static final Function PROTECTION_KEY = Smt.function("protection-key");
  private static final Function THROUGH = Smt.function("through");

  /** The bits of entries that decide more than a frame, for the exhaustive scope. */
  private static final long[] DECIDING = {
    1, 1L << 7, 1L << 8, 1L << 12, 1L << 13, 1L << 21, 1L << 29, 1L << 40, 1L << 52, 1L << 63
  };

  @Test
  void theyAgreeOnTheShapeOfModes() {
    for (PagingMode mode : PagingMode.ALL) {
      assertEquals(Smt.bits(mode.levels().size()), LEVELS.apply(Smt.mode(mode)));
      for (Level level : mode.levels()) {
        Value size = SIZE_AT.apply(Smt.mode(mode), Smt.level(level, mode));
        assertEquals(Smt.size(level.pages()), size, level.toString());
        assertEquals(Smt.bits(level.pages() - 1), OFFSET_MASK.apply(size), level.toString());
        assertEquals(
            Smt.truth(!level.inMemory()),
            IN_REGISTERS.apply(Smt.mode(mode), Smt.level(level, mode)),
            level.toString());
      }
    }
  }

  /** At each point an entry of each level of each mode. */
  @Test
  void theyAgreeOnAnyEntry() {
    States states = new States(SEED);
    Met met = new Met();
    for (int number = 0; number < POINTS; number++) {
      Profile profile = states.profile();
      ControlState control = states.control();
      PagingMode mode = states.one(PagingMode.ALL.subList(1, PagingMode.ALL.size()));
      Level level = states.one(mode.levels());
      long entry = states.chance(1, 4) ? states.bits() : states.entry();
      new Reading(profile, control, mode, level).compare(entry, met);
    }
    for (EntryMeaning meaning : EntryMeaning.values()) {
      met.require(POINTS / 20, meaning.name());
    }
  }

  /** Every combination of deciding bits, levels, modes and what a processor offers. */
  @Test
  void theyAgreeOnEveryCombination() {
    Met met = new Met();
    for (Profile profile : profiles()) {
      for (long cr4 : new long[] {0, ControlState.CR4_PSE}) {
        for (long efer : new long[] {0, ControlState.EFER_NXE}) {
          ControlState control = new ControlState(ControlState.CR0_PG, 0, cr4, efer);
          for (PagingMode mode : PagingMode.ALL) {
            for (Level level : mode.levels()) {
              Reading reading = new Reading(profile, control, mode, level);
              for (int number = 0; number < 1 << DECIDING.length; number++) {
                reading.meaning(entry(number) & mask(mode), met);
              }
            }
          }
        }
      }
    }
    for (EntryMeaning meaning : EntryMeaning.values()) {
      met.require(POINTS / 10, meaning.name());
    }
  }

  private static List<Profile> profiles() {
    List<Profile> profiles = new ArrayList<>();
    for (Vendor vendor : Vendor.values()) {
      for (int bits : new int[] {36, 52}) {
        for (Capability offered : new Capability[] {Capability.PSE36, Capability.PAGES_1G}) {
          profiles.add(new Profile("one", vendor, bits, EnumSet.of(offered), true));
        }
      }
    }
    return profiles;
  }

  private static long entry(int number) {
    long entry = 0;
    for (int bit = 0; bit < DECIDING.length; bit++) {
      entry |= (number & 1 << bit) == 0 ? 0 : DECIDING[bit];
    }
    return entry;
  }

  private static long mask(PagingMode mode) {
    return mode.format().bytes() == 4 ? 0xFFFF_FFFFL : -1L;
  }

  /** How an entry of a level is read, by both sides. */
  private static final class Reading {

    private final Profile profile;
    private final ControlState control;
    private final PagingMode mode;
    private final Level level;
    private final Value processor;
    private final Value registers;
    private final Value inMode;
    private final Value atLevel;

    Reading(Profile profile, ControlState control, PagingMode mode, Level level) {
      this.profile = profile;
      this.control = control;
      this.mode = mode;
      this.level = level;
      processor = Smt.profile(profile);
      registers = Smt.control(control);
      inMode = Smt.mode(mode);
      atLevel = Smt.level(level, mode);
    }

    @Override
    public String toString() {
      return "%s, %s, %s %s".formatted(profile, control, mode.name(), level.name());
    }

    /** What the entry says; the mode need not be the one that the control state selects. */
    EntryMeaning meaning(long entry, Met met) {
      EntryMeaning expected = new Walker(profile).meaning(entry, level, mode, control);
      Value found = MEANING.apply(Smt.bits(entry), atLevel, inMode, registers, processor);
      assertEquals(Smt.meaning(expected), found, () -> Long.toHexString(entry) + " in " + this);
      met.add(expected.name());
      return expected;
    }

    void compare(long random, Met met) {
      long entry = random & mask(mode);
      Value word = Smt.bits(entry);
      EntryMeaning meaning = meaning(entry, met);
      agree(mode.format().tableFrame(entry), TABLE_FRAME.apply(word, inMode), entry);
      agree(mode.format().protectionKey(entry), PROTECTION_KEY.apply(word, inMode), entry);
      assertEquals(
          Smt.rights(WalkRights.ROOT.through(entry, mode.format())),
          THROUGH.apply(Smt.rights(WalkRights.ROOT), word, inMode));
      if (level.leaf() != Level.LeafRule.NEVER) {
        agree(
            mode.format().leafFrame(entry, level, profile),
            LEAF_FRAME.apply(word, atLevel, inMode, processor),
            entry);
      }
      if (meaning == EntryMeaning.LEAF || meaning == EntryMeaning.TABLE) {
        reserved(word, meaning == EntryMeaning.LEAF);
      }
    }

    private void reserved(Value entry, boolean leaf) {
      Value isLeaf = Smt.truth(leaf);
      assertEquals(isLeaf, MAPS_PAGE.apply(entry, atLevel, inMode, registers, processor));
      agree(
          mode.format().reservedBits(level, leaf, control, profile),
          mode.format().bytes() == 4
              ? RESERVED_4_BYTES.apply(atLevel, isLeaf, processor)
              : RESERVED_8_BYTES.apply(atLevel, isLeaf, inMode, registers, processor),
          entry.bits());
    }

    private void agree(long expected, Value found, long entry) {
      assertEquals(Smt.bits(expected), found, () -> Long.toHexString(entry) + " in " + this);
    }
  }
}
