package io.vtlb.model.admissible;

import static io.vtlb.model.guest.GuestEntry.flags;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random entries for the small world: most of them lead somewhere, some are odd. */
final class RandomEntries {

  private static final long EXECUTE_DISABLE = 1L << 63;

  private static final List<Long> DATA_FRAMES = List.of(0x20L, 0x21L);

  /** Aligned for some sizes of large pages and not for others. */
  private static final List<Long> LARGE_FRAMES =
      List.of(0x200L, 0x400L, 0x600L, 0x800L, 0x40000L, 0x80000L, 0x401L);

  private final PagingMode mode;

  RandomEntries(PagingMode mode) {
    this.mode = mode;
  }

  /** Eight bytes for an address of the small world. */
  Arbitrary<Long> at(long address) {
    if (PageSize.page(address) == SmallWorld.REGISTER_TABLE) {
      return Combinators.combine(
              places(SmallWorld.TABLES), flag(flags("P"), 18), flag(flags("W"), 1))
          .as((table, p, w) -> table | p | w);
    }
    return mode.format().bytes() == 4 && !mode.levels().isEmpty()
        ? Combinators.combine(fourBytes(), fourBytes()).as((low, high) -> low | high << 32)
        : eightBytes();
  }

  /** Four bytes for an address of the small world: an entry of their own, or half of one. */
  Arbitrary<Long> word(long address) {
    if (mode.format().bytes() == 4) {
      return fourBytes();
    }
    return address % 8 == 0
        ? at(address).map(value -> value & 0xFFFF_FFFFL)
        : highBits().map(bits -> bits >>> 32);
  }

  private Arbitrary<Long> eightBytes() {
    return Combinators.combine(fourBytes(), highBits()).as((low, high) -> low | high);
  }

  /** XD, a protection key, or address bits that some processors reserve and all modes place. */
  private static Arbitrary<Long> highBits() {
    return Arbitraries.frequency(
        Tuple.of(40, 0L),
        Tuple.of(4, EXECUTE_DISABLE),
        Tuple.of(2, 3L << 59),
        Tuple.of(1, 1L << 62),
        Tuple.of(1, 1L << 51),
        Tuple.of(1, 1L << 40),
        Tuple.of(1, 1L << 34));
  }

  /** The more levels there are, the more entries name tables. */
  private Arbitrary<Long> fourBytes() {
    int depth = Math.max(2, mode.levels().size());
    long large = flags("L");
    Arbitrary<Long> frames =
        Arbitraries.frequencyOf(
            Tuple.of(4 * depth, places(SmallWorld.TABLES)),
            Tuple.of(4, places(DATA_FRAMES)),
            Tuple.of(6, places(LARGE_FRAMES).map(place -> place | large)),
            Tuple.of(1, places(LARGE_FRAMES)),
            Tuple.of(1, places(SmallWorld.TABLES).map(place -> place | large)));
    return Combinators.combine(
            frames,
            flag(flags("P"), 19),
            flag(flags("A"), 19),
            flag(flags("W"), 10),
            flag(flags("U"), 10),
            flag(flags("D"), 10),
            flag(flags("G"), 4))
        .as((place, p, a, w, u, d, g) -> place | p | a | w | u | d | g);
  }

  private static Arbitrary<Long> places(List<Long> frames) {
    return Arbitraries.of(frames).map(frame -> PageSize.address(frame, 0));
  }

  /** Flags that a processor sets, and others that a guest changes alone. */
  static Arbitrary<Long> singleFlags() {
    return Arbitraries.frequency(
        Tuple.of(2, (long) flags("A")),
        Tuple.of(2, (long) flags("D")),
        Tuple.of(2, (long) flags("AD")),
        Tuple.of(2, (long) flags("P")),
        Tuple.of(2, (long) flags("G")),
        Tuple.of(2, (long) flags("L")),
        Tuple.of(1, (long) flags("W")),
        Tuple.of(1, EXECUTE_DISABLE),
        Tuple.of(1, (long) flags("A") << 32));
  }

  private static Arbitrary<Long> flag(long bit, int inTwenty) {
    return Arbitraries.frequency(Tuple.of(20 - inTwenty, 0L), Tuple.of(inTwenty, bit));
  }
}
