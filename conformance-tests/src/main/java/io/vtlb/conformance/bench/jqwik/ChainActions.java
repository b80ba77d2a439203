package io.vtlb.conformance.bench.jqwik;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.Transformer;

/** What a guest may do next in 4-level mode: the actions of a chain, each one operation. */
final class ChainActions {

  /** The linear address at which a guest sees its tables. */
  static final long WINDOW = 5L << 39;

  private static final List<Long> PAGES =
      List.of(0L, 1L, 511L, 512L, 513L, 1023L, 1L << 18, 0xF_FF80_0000L | -1L << 36);
  private static final List<Integer> OFFSETS = List.of(0, 4, 0xFFC);
  private static final List<Long> ROOTS = List.of(18L << 12, 19L << 12);
  private static final List<Integer> FRAMES = List.of(8, 9, 10, 11, 12, 13, 14, 15, 16, 20, 21, 40);
  private static final int LOWEST_FLAG = 0;
  private static final int HIGHEST_FLAG = 8;

  private ChainActions() {}

  /** An operation at an address of the pages that these guests use. */
  static Action.Independent<Guest> atAddress(
      String what, Predicate<Guest> when, BiConsumer<Guest, Long> operation) {
    return new Action.Independent<>() {
      @Override
      public boolean precondition(Guest guest) {
        return when.test(guest);
      }

      @Override
      public Arbitrary<Transformer<Guest>> transformer() {
        return addresses()
            .map(address ->
                Transformer.mutate(
                    what + " 0x" + Long.toHexString(address),
                    guest -> operation.accept(guest, address)));
      }
    };
  }

  private static Arbitrary<Long> addresses() {
    return Combinators.combine(Arbitraries.of(PAGES), Arbitraries.of(OFFSETS))
        .as((page, offset) -> page << 12 | offset);
  }

  /** MOV to CR3. */
  static Action.Independent<Guest> loadRoot() {
    return new Action.Independent<>() {
      @Override
      public boolean precondition(Guest guest) {
        return guest.cpl() == 0;
      }

      @Override
      public Arbitrary<Transformer<Guest>> transformer() {
        return Arbitraries.of(ROOTS)
            .map(root ->
                Transformer.mutate(
                    "MOV CR3 0x" + Long.toHexString(root),
                    guest -> guest.writeControl(ControlRegister.CR3, root)));
      }
    };
  }

  /** CR4.PGE changes. */
  static Action.Independent<Guest> toggleGlobalPages() {
    // Not by Action.when: on the module path, jqwik cannot look into what that builds.
    return new Action.Independent<>() {
      @Override
      public boolean precondition(Guest guest) {
        return guest.cpl() == 0;
      }

      @Override
      public Arbitrary<Transformer<Guest>> transformer() {
        return Arbitraries.just(
            Transformer.mutate(
                "toggle CR4.PGE",
                guest ->
                    guest.writeControl(ControlRegister.CR4, guest.cr4() ^ ControlState.CR4_PGE)));
      }
    };
  }

  /** Another virtual CPU goes on, and loads. */
  static Action.Dependent<Guest> turnToAnother() {
    return new Action.Dependent<>() {
      @Override
      public boolean precondition(Guest guest) {
        return guest.cpus() > 1;
      }

      @Override
      public Arbitrary<Transformer<Guest>> transformer(Guest before) {
        return Combinators.combine(
                Arbitraries.integers().between(0, before.cpus() - 1), addresses())
            .as((number, address) ->
                Transformer.mutate(
                    "load 0x%x on another".formatted(address),
                    guest -> {
                      guest.turnTo(number);
                      guest.access(AccessKind.LOAD, address, 0);
                    }));
      }
    };
  }

  /** The level changes, to 3 from any other, and mostly to 0 from 3. */
  static Action.Dependent<Guest> changePrivilege() {
    return before ->
        (before.cpl() == 3 ? Arbitraries.of(0, 0, 0, 0, 0, 0, 1, 2) : Arbitraries.just(3))
            .map(cpl -> Transformer.mutate("to CPL " + cpl, guest -> guest.runAt(cpl)));
  }

  /** An entry of a table has a flag flipped. */
  static Action.Dependent<Guest> flipFlag() {
    return before ->
        Combinators.combine(
                Arbitraries.integers().between(0, before.entries().size() - 1),
                Arbitraries.integers().between(LOWEST_FLAG, HIGHEST_FLAG))
            .as((number, flag) ->
                edit("flip", before.cpl() != 0, number, value -> value ^ 1L << flag));
  }

  /** An entry of a table leads elsewhere. */
  static Action.Dependent<Guest> changeFrame() {
    return before ->
        Combinators.combine(
                Arbitraries.integers().between(0, before.entries().size() - 1),
                Arbitraries.of(FRAMES))
            .as((number, frame) ->
                edit(
                    "redirect",
                    before.cpl() != 0,
                    number,
                    value -> (value & 0xFFF) | (long) frame << 12));
  }

  private static Transformer<Guest> edit(
      String what, boolean foreign, int number, Function<Long, Long> change) {
    return Transformer.mutate(
        what + " entry " + number,
        guest -> {
          Guest.Entry entry = guest.entries().get(number);
          guest.edit(entry, change.apply(entry.value()), foreign);
        });
  }
}
