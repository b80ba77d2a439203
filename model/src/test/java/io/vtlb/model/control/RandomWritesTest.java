package io.vtlb.model.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** No sequence of writes leads to a state that the manual calls impossible. */
class RandomWritesTest {

  private static final List<Long> TABLES = List.of(0x10L, 0x11L, 0x12L);

  /** Bits inverted in a register, or a value for CR3. */
  record Write(ControlRegister register, long bits) {}

  @Property
  @StatisticsReport(onFailureOnly = true)
  void legalWritesLeadToPossibleStates(
      @ForAll("profiles") Profile profile, @ForAll("sequences") List<Write> writes) {
    GuestPhysicalMemory memory = memory();
    ControlState state = ModeGuest.control(PagingMode.NONE).with(ControlRegister.EFER, 0);
    state = state.with(ControlRegister.CR4, 0);
    assertPossible(state, profile);
    boolean longMode = false;
    for (Write write : writes) {
      state =
          RegisterWrite.of(write.register(), value(write, state), state, profile, memory)
              .orElse(state);
      assertPossible(state, profile);
      longMode |= state.longMode();
    }
    Statistics.label("in IA-32e mode at some time")
        .collect(longMode)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 2));
  }

  @Property
  void aWriteDependsOnNothingButItsInputsAndTouchesNothingElse(
      @ForAll("modes") PagingMode mode, @ForAll("writes") Write write) {
    GuestPhysicalMemory memory = memory();
    ControlState state = ModeGuest.control(mode);
    long value = value(write, state);
    Optional<ControlState> once = write(write.register(), value, state, memory);
    Optional<ControlState> twice = write(write.register(), value, state, memory);
    assertEquals(once, twice);
    for (ControlRegister other : ControlRegister.values()) {
      if (other != write.register() && once.isPresent()) {
        long expected = state.get(other);
        long following = other == ControlRegister.EFER ? ControlState.EFER_LMA : 0;
        assertEquals(expected | following, once.get().get(other) | following);
      }
    }
    for (long table : TABLES) {
      assertEquals(memory().read(table << 12, 8), memory.read(table << 12, 8));
    }
  }

  @Property
  void writingTheSameValueAgainIsLegalAndChangesNothing(
      @ForAll("modes") PagingMode mode, @ForAll("writes") Write write) {
    GuestPhysicalMemory memory = memory();
    ControlState state = ModeGuest.control(mode);
    write(write.register(), value(write, state), state, memory)
        .ifPresent(after -> {
          long same = after.get(write.register());
          assertEquals(Optional.of(after), write(write.register(), same, after, memory));
        });
  }

  private static Optional<ControlState> write(
      ControlRegister register, long value, ControlState state, GuestPhysicalMemory memory) {
    return RegisterWrite.of(register, value, state, Profile.GENERIC_64, memory);
  }

  private static long value(Write write, ControlState state) {
    return write.register() == ControlRegister.CR3
        ? write.bits()
        : state.get(write.register()) ^ write.bits();
  }

  private static void assertPossible(ControlState state, Profile profile) {
    boolean lme = has(state.efer(), ControlState.EFER_LME);
    assertTrue(!state.paging() || has(state.cr0(), ControlState.CR0_PE), "PG without PE");
    assertEquals(lme && state.paging(), state.longMode(), "LMA is LME and PG");
    assertTrue(!state.longMode() || state.physicalAddressExtension(), "LMA without PAE");
    assertTrue(!state.processContexts() || state.longMode(), "PCIDE without LMA");
    assertTrue(
        !has(state.cr0(), ControlState.CR0_NW) || has(state.cr0(), ControlState.CR0_CD),
        "NW without CD");
    assertEquals(0, state.cr0() >>> 32);
    assertEquals(0, state.cr3() >>> Math.max(32, profile.physicalAddressBits()));
    assertTrue(state.longMode() || !state.protectionKeys(), "keys count outside of IA-32e mode");
    assertOffered(state.cr4(), ControlState.CR4_LA57, Capability.FIVE_LEVELS, profile);
    assertOffered(state.cr4(), ControlState.CR4_PCIDE, Capability.PCID, profile);
    assertOffered(state.cr4(), ControlState.CR4_SMEP, Capability.SMEP, profile);
    assertOffered(state.cr4(), ControlState.CR4_SMAP, Capability.SMAP, profile);
    assertOffered(state.cr4(), ControlState.CR4_PKE, Capability.PROTECTION_KEYS, profile);
    assertOffered(state.efer(), ControlState.EFER_LME, Capability.LONG_MODE, profile);
    assertOffered(state.efer(), ControlState.EFER_NXE, Capability.NO_EXECUTE, profile);
    if (state.paePaging()) {
      for (int index = 0; index < PdpteRegisters.COUNT; index++) {
        long register = state.pdptes().get(index);
        assertTrue(
            !has(register, 1)
                || !has(register, 0b1_1110_0110 | -1L << profile.physicalAddressBits()),
            "a present PDPTE register with a reserved bit");
      }
    }
  }

  private static void assertOffered(
      long register, long bit, Capability capability, Profile profile) {
    assertTrue(!has(register, bit) || profile.has(capability), capability + " is not offered");
  }

  private static boolean has(long value, long any) {
    return (value & any) != 0;
  }

  /** Three tables of PDPTEs: a good one, one with a reserved bit, and one with nothing present. */
  private static GuestPhysicalMemory memory() {
    GuestPhysicalMemory memory = new ExampleGuest(0).memory();
    memory.store(0x1_0000L, 8, 0x1_1001L);
    memory.store(0x1_1000L, 8, 0x1_1003L);
    memory.store(0x1_2000L, 8, ~1L);
    return memory;
  }

  @Provide
  Arbitrary<PagingMode> modes() {
    return Arbitraries.of(PagingMode.ALL);
  }

  @Provide
  Arbitrary<Profile> profiles() {
    Arbitrary<Capability> some = Arbitraries.of(Capability.class);
    return Combinators.combine(
            some.set().ofMaxSize(2), Arbitraries.of(Vendor.class), Arbitraries.of(36, 46, 52))
        .as((lacking, vendor, bits) -> {
          EnumSet<Capability> offered = EnumSet.allOf(Capability.class);
          offered.removeAll(lacking);
          return new Profile("random", vendor, bits, offered, true);
        });
  }

  @Provide
  Arbitrary<List<Write>> sequences() {
    return writes().list().ofMinSize(10).ofMaxSize(60);
  }

  @Provide
  Arbitrary<Write> writes() {
    return Arbitraries.oneOf(
        toggles(ControlRegister.CR0, 0, 16, 29, 30, 31, 31, 31, 40),
        toggles(ControlRegister.CR4, 4, 5, 5, 5, 7, 12, 13, 17, 17, 20, 21, 22, 40),
        toggles(ControlRegister.EFER, 0, 8, 8, 8, 10, 11, 15),
        Combinators.combine(
                Arbitraries.of(TABLES),
                Arbitraries.of(0L, 0L, 1L, 0xFFFL, 0x18L),
                Arbitraries.of(0L, 0L, 0L, 1L << 45, 1L << 50, 1L << 62, 1L << 63))
            .as((table, low, high) -> new Write(ControlRegister.CR3, table << 12 | low | high)));
  }

  /** One or two bits of a register. */
  private static Arbitrary<Write> toggles(ControlRegister register, Integer... bits) {
    return Combinators.combine(Arbitraries.of(bits), Arbitraries.of(bits), Arbitraries.of(1, 1, 0))
        .as((one, other, alone) -> new Write(register, 1L << one | (alone == 1 ? 0 : 1L << other)));
  }
}
