package io.vtlb.model.admissible;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Random histories of the small world that start in one mode, and stay in it or do not. */
final class RandomHistories {

  /**
   * A world and what happens in it.
   *
   * @param control the state at its start, with PDPTE registers still to be loaded
   * @param image the entries of the small world, in its order
   */
  record History(
      Profile profile, ControlState control, List<Long> image, List<HistoryStep> steps) {}

  private static final List<Profile> PROFILES =
      List.of(
          Profile.GENERIC_64,
          without("Intel, 36 bits", Vendor.INTEL, 36, EnumSet.of(Capability.PAGES_1G)),
          without("AMD, 52 bits", Vendor.AMD, 52, EnumSet.of(Capability.PSE36)));

  private final PagingMode mode;
  private final boolean mixed;
  private final RandomEntries entries;

  private RandomHistories(PagingMode mode, boolean mixed) {
    this.mode = mode;
    this.mixed = mixed;
    this.entries = new RandomEntries(mode);
  }

  private static Profile without(String name, Vendor vendor, int bits, Set<Capability> lacking) {
    return new Profile(name, vendor, bits, EnumSet.complementOf(EnumSet.copyOf(lacking)), true);
  }

  /** Histories of one mode; at most paging goes off and on again. */
  static Arbitrary<History> in(PagingMode mode) {
    return new RandomHistories(mode, false).histories();
  }

  /** Histories that go from mode to mode. */
  static Arbitrary<History> mixed() {
    return Arbitraries.oneOf(
        PagingMode.ALL.stream().map(mode -> new RandomHistories(mode, true).histories()).toList());
  }

  private Arbitrary<History> histories() {
    return Combinators.combine(
            Arbitraries.of(PROFILES),
            controls(),
            image(),
            steps().list().ofMaxSize(20).withSizeDistribution(RandomDistribution.uniform()))
        .as(History::new);
  }

  private Arbitrary<List<Long>> image() {
    List<Arbitrary<Long>> image = new ArrayList<>();
    for (long address : SmallWorld.entries()) {
      image.add(entries.at(address));
    }
    return Combinators.combine(image).as(values -> values);
  }

  private Arbitrary<ControlState> controls() {
    long always = mode.levels().isEmpty() ? ControlState.CR0_PE : PG_PE;
    long wide = mode.format().bytes() == 8 ? ControlState.CR4_PAE : 0;
    long longMode = mode.signExtended() ? ControlState.EFER_LME | ControlState.EFER_LMA : 0;
    long five = mode.equals(PagingMode.FIVE_LEVEL) ? ControlState.CR4_LA57 : 0;
    return Combinators.combine(
            flag(ControlState.CR0_WP, 5),
            flag(ControlState.CR4_PGE, 8),
            flag(ControlState.CR4_PSE, 8),
            flag(mode.signExtended() ? ControlState.CR4_PCIDE : 0, 7),
            flag(ControlState.EFER_NXE, 7),
            roots(mode),
            Arbitraries.integers().between(0, 2))
        .as((wp, pge, pse, pcide, nxe, root, pcid) ->
            new ControlState(
                always | wp,
                pcide == 0 ? root : (root & ~ControlState.CR3_PCID) | pcid,
                wide | five | pge | pse | pcide,
                longMode | nxe));
  }

  private static final long PG_PE = ControlState.CR0_PE | ControlState.CR0_PG;

  private Arbitrary<HistoryStep> steps() {
    List<Tuple2<Integer, Arbitrary<HistoryStep>>> steps = new ArrayList<>();
    add(steps, 10, stores());
    add(steps, 2, halfStores());
    add(steps, 3, bits().as(HistoryStep.SetBits::new));
    add(steps, 2, bits().as(HistoryStep.InvertBits::new));
    add(steps, 2, loads());
    add(steps, 1, Arbitraries.of(true, false).map(HistoryStep.ReloadRoot::new));
    add(steps, 2, toggles());
    add(steps, 4, pages().map(HistoryStep.InvalidatePage::new));
    add(steps, mode.signExtended() || mixed ? 2 : 1, contexts());
    add(steps, 3, pages().map(HistoryStep.DeliverFault::new));
    add(steps, 1, pages().map(HistoryStep.DeliverWalkFault::new));
    add(steps, mixed ? 3 : 1, switches());
    return Arbitraries.frequencyOf(steps);
  }

  private static void add(
      List<Tuple2<Integer, Arbitrary<HistoryStep>>> steps,
      int weight,
      Arbitrary<? extends HistoryStep> step) {
    steps.add(Tuple.of(weight, step.map(one -> one)));
  }

  private Arbitrary<HistoryStep> stores() {
    List<Arbitrary<HistoryStep>> stores = new ArrayList<>();
    for (long address : SmallWorld.entries()) {
      stores.add(entries.at(address).map(value -> new HistoryStep.Store(address, 8, value)));
    }
    return Arbitraries.oneOf(stores);
  }

  /** Half an entry, or a whole one of 32-bit paging. */
  private Arbitrary<HistoryStep> halfStores() {
    List<Arbitrary<HistoryStep>> stores = new ArrayList<>();
    for (long entry : SmallWorld.entries()) {
      for (long address = entry; address <= entry + 4; address += 4) {
        long word = address;
        stores.add(entries.word(word).map(value -> new HistoryStep.Store(word, 4, value)));
      }
    }
    return Arbitraries.oneOf(stores);
  }

  private static Combinators.Combinator2<Long, Long> bits() {
    return Combinators.combine(entryAddresses(), RandomEntries.singleFlags());
  }

  private static Arbitrary<Long> entryAddresses() {
    return Arbitraries.of(SmallWorld.entries());
  }

  /** Pages by number, the first few more often than others. */
  private static Arbitrary<Integer> pages() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 4),
        Arbitraries.integers().between(0, 199).withDistribution(RandomDistribution.uniform()));
  }

  private Arbitrary<HistoryStep> loads() {
    if (!mode.signExtended() && !mixed) {
      return roots(mode).map(HistoryStep.LoadRoot::new);
    }
    return Combinators.combine(
            roots(mode), Arbitraries.integers().between(0, 2), flag(ControlState.CR3_NO_FLUSH, 5))
        .as((root, pcid, keeps) ->
            new HistoryStep.LoadRoot((root & ~ControlState.CR3_PCID) | pcid | keeps));
  }

  /** Roots of a mode; the low bits of CR3 count with PAE paging only. */
  private static Arbitrary<Long> roots(PagingMode mode) {
    Arbitrary<Long> tables =
        Combinators.combine(Arbitraries.of(SmallWorld.TABLES), Arbitraries.of(0, 0, 0x18))
            .as(PageSize::address);
    return mode.equals(PagingMode.PAE)
        ? Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(0, 0x18, 0xFE0).map(RandomHistories::registerTable)),
            Tuple.of(1, tables))
        : tables;
  }

  private static long registerTable(int offset) {
    return PageSize.address(SmallWorld.REGISTER_TABLE, offset);
  }

  /** Bits of registers, most of them alone; PAE changes only where modes mix. */
  private Arbitrary<HistoryStep> toggles() {
    List<HistoryStep> toggles = new ArrayList<>();
    for (long bit :
        new long[] {
          ControlState.CR4_PSE,
          ControlState.CR4_PGE,
          ControlState.CR4_SMEP,
          ControlState.CR4_SMAP,
          ControlState.CR4_PKE,
          ControlState.CR4_PSE | ControlState.CR4_SMEP
        }) {
      toggles.add(new HistoryStep.InvertControl(ControlRegister.CR4, bit));
    }
    for (long bit :
        new long[] {
          ControlState.CR0_WP, ControlState.CR0_CD, ControlState.CR0_CD | ControlState.CR0_NW
        }) {
      toggles.add(new HistoryStep.InvertControl(ControlRegister.CR0, bit));
    }
    toggles.add(new HistoryStep.InvertControl(ControlRegister.EFER, ControlState.EFER_NXE));
    if (mode.signExtended() || mixed) {
      toggles.add(new HistoryStep.InvertControl(ControlRegister.CR4, ControlState.CR4_PCIDE));
    }
    if (mixed) {
      for (int i = 0; i < 4; i++) {
        toggles.add(new HistoryStep.InvertControl(ControlRegister.CR4, ControlState.CR4_PAE));
      }
    }
    return Arbitraries.of(toggles);
  }

  private static Arbitrary<HistoryStep> contexts() {
    return Combinators.combine(
            Arbitraries.of(InvalidationType.class), Arbitraries.integers().between(0, 2), pages())
        .as(HistoryStep.InvalidatePcid::new);
  }

  private Arbitrary<HistoryStep> switches() {
    List<Arbitrary<HistoryStep>> switches = new ArrayList<>();
    for (PagingMode to : mixed ? PagingMode.ALL : List.of(mode)) {
      switches.add(roots(to).map(root -> new HistoryStep.SwitchMode(to, root)));
    }
    return Arbitraries.oneOf(switches);
  }

  private static Arbitrary<Long> flag(long bit, int inTen) {
    return Arbitraries.frequency(Tuple.of(10 - inTen, 0L), Tuple.of(inTen, bit));
  }
}
