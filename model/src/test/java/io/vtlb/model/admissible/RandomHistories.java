package io.vtlb.model.admissible;

import static io.vtlb.model.guest.GuestEntry.flags;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random histories of a small world: two roots, three tables that may also be reached through each
 * other, through a root or through themselves, and two entries in each.
 */
final class RandomHistories {

  /** A world and what happens in it. */
  record History(Profile profile, List<HistoryStep.Store> image, List<HistoryStep> steps) {}

  static final int ENTRIES = 2;

  private static final List<Long> TABLES =
      List.of(ExampleGuest.ROOT, ExampleGuest.OTHER_ROOT, 0x12L, 0x13L, 0x14L);

  /** Pages through each pair of entries, and one of each region that no table maps. */
  static final List<Long> PAGES =
      LongStream.range(0, ENTRIES)
          .boxed()
          .flatMap(region ->
              LongStream.of(0, 1, PageSize.LARGE_4M - 1)
                  .mapToObj(page -> region * PageSize.LARGE_4M + page))
          .toList();

  private RandomHistories() {}

  static Arbitrary<History> histories() {
    return Combinators.combine(
            profiles(),
            stores().list().ofMinSize(6).ofMaxSize(14),
            steps().list().ofMaxSize(20).withSizeDistribution(RandomDistribution.uniform()))
        .as(History::new);
  }

  private static Arbitrary<Profile> profiles() {
    return Arbitraries.of(
        Profile.GENERIC_32,
        new Profile("36 bits", 36, true, true),
        new Profile("without PSE-36", 32, false, true));
  }

  private static Arbitrary<HistoryStep> steps() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, stores()),
        Tuple.of(3, bits().as(HistoryStep.SetBits::new)),
        Tuple.of(2, bits().as(HistoryStep.InvertBits::new)),
        Tuple.of(1, roots().map(HistoryStep.LoadRoot::new)),
        Tuple.of(1, Arbitraries.just(new HistoryStep.ReloadRoot())),
        Tuple.of(2, controlBits()),
        Tuple.of(4, Arbitraries.of(PAGES).map(HistoryStep.InvalidatePage::new)),
        Tuple.of(2, Arbitraries.of(PAGES).map(HistoryStep.DeliverFault::new)),
        Tuple.of(1, Arbitraries.of(PAGES).map(HistoryStep.DeliverWalkFault::new)));
  }

  private static Arbitrary<HistoryStep.Store> stores() {
    return Combinators.combine(addresses(), entries()).as(HistoryStep.Store::new);
  }

  private static Combinators.Combinator2<Long, Integer> bits() {
    return Combinators.combine(
        addresses(),
        Arbitraries.of(flags("A"), flags("D"), flags("AD"), flags("P"), flags("G"), flags("L")));
  }

  private static Arbitrary<Long> addresses() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(ExampleGuest.ROOT)),
                Tuple.of(3, Arbitraries.of(TABLES))),
            Arbitraries.integers().between(0, ENTRIES - 1))
        .as(ExampleGuest::address);
  }

  /**
   * Frames of tables, of data, and of large pages; 0x600 has a reserved bit of a large page set.
   */
  private static Arbitrary<Long> frames() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of(TABLES)),
        Tuple.of(3, Arbitraries.of(ExampleGuest.FRAME, ExampleGuest.OTHER_FRAME)),
        Tuple.of(2, Arbitraries.of(ExampleGuest.LARGE_FRAME, 0x600L, 0x800L)));
  }

  private static Arbitrary<Integer> entries() {
    return Combinators.combine(
            frames(),
            flag("P", 9),
            flag("A", 9),
            flag("W", 5),
            flag("U", 5),
            flag("D", 5),
            flag("L", 3),
            flag("G", 3))
        .as((frame, p, a, w, u, d, l, g) ->
            (int) PageSize.address(frame, p | a | w | u | d | l | g));
  }

  private static Arbitrary<Integer> flag(String name, int inTen) {
    return Arbitraries.frequency(Tuple.of(10 - inTen, 0), Tuple.of(inTen, flags(name)));
  }

  private static Arbitrary<Long> roots() {
    return Combinators.combine(
            Arbitraries.of(ExampleGuest.ROOT, ExampleGuest.OTHER_ROOT, 0x12L),
            Arbitraries.of(0, 0x18))
        .as(PageSize::address);
  }

  private static Arbitrary<HistoryStep> controlBits() {
    return Arbitraries.of(
        new HistoryStep.InvertControl(ControlRegister.CR4, ControlState.CR4_PSE),
        new HistoryStep.InvertControl(ControlRegister.CR4, ControlState.CR4_PGE),
        new HistoryStep.InvertControl(ControlRegister.CR0, ControlState.CR0_WP));
  }
}
