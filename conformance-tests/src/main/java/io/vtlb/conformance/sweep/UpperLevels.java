package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.WalkRights;
import java.util.ArrayList;
import java.util.List;

/**
 * The lemma that lets the sweep hold upper levels as one state: entries above the two lowest levels
 * matter to a walk only through the rights that they accumulate, the table that they lead to, and
 * the reason why one of them stops it.
 *
 * <p>Checked exhaustively over P, W, U, A, XD and a reserved bit of each kind of every upper entry,
 * for several lower entries: the full walk ends as the walk that starts below with that state, as
 * the full walk through the entries that stand for the state in the sweep, and as the second
 * formulation says. Source: Intel SDM vol. 3, 4.5, 4.6 and 4.10.3.1.
 */
public final class UpperLevels {

  /** Lower entries: three of the second lowest level times five of the lowest. */
  private static final int LOWER = 15;

  /** Eight combinations of rights, and two reasons to stop. */
  private static final int STATES = 10;

  private static final int NOT_PRESENT = 8;
  private static final int RESERVED = 9;

  /**
   * What came of the lemma for one mode.
   *
   * @param mode the mode's name
   * @param upperLevels how many levels lie above the two lowest
   * @param combinations how many walks were compared
   * @param disagreements how many did not end as the lemma says
   * @param shown the first of those, in words
   */
  public record Result(
      String mode, int upperLevels, long combinations, long disagreements, List<String> shown) {

    public Result {
      shown = List.copyOf(shown);
    }
  }

  private final PagingMode mode;
  private final Subject subject;
  private final int second;
  private final List<String> shown = new ArrayList<>();
  private long combinations;
  private long disagreements;

  private UpperLevels(PagingMode mode, Subject subject) {
    this.mode = mode;
    this.subject = subject;
    second = mode.levels().size() - 2;
  }

  /** Checks the lemma for a mode; one with two levels has nothing to check. */
  public static Result check(PagingMode mode, Subject.Source subjects) {
    UpperLevels lemma = new UpperLevels(mode, subjects.of(Profile.GENERIC_64));
    if (mode.equals(PagingMode.PAE)) {
      lemma.registers();
    } else if (lemma.second > 0) {
      lemma.entries(LongModeSpaces.control(mode, ControlState.CR4_PGE, 0));
      lemma.entries(
          ControlStates.every(
                  LongModeSpaces.control(mode, ControlState.CR4_PGE, 0),
                  0,
                  0,
                  ControlState.EFER_NXE)
              .getLast());
    }
    return new Result(
        mode.name(), lemma.second, lemma.combinations, lemma.disagreements, lemma.shown);
  }

  /** PAE paging: the register adds nothing but the table that it names, or stops the walk. */
  private void registers() {
    List<Long> registers = new ArrayList<>(PaeSpaces.legalRegisters(Profile.GENERIC_64));
    for (int subset = 0; subset < 64; subset++) {
      long legal = (subset & 1) | (subset >>> 1 & 3) << 3 | (subset >>> 3 & 7) << 9;
      registers.add(Entries.table(second) | legal);
    }
    for (long register : registers) {
      Space space =
          space(PaeSpaces.control(register, ControlState.CR4_PGE), PaeSpaces.ADDRESS, List.of());
      SpaceSweep full = new SpaceSweep(space, subject);
      boolean present = (register & Entries.P) != 0;
      long table = (register & 0x3FFF_FFFF_F000L) >>> 12;
      for (long number = 0; number < space.entries(); number++) {
        full.odometer().seek(number);
        GuestWalk.End expected =
            present ? below(full, WalkRights.ROOT, table) : new GuestWalk.End.NotPresent();
        compare(full, expected, expected, register);
      }
    }
  }

  /** 4-level and 5-level paging. */
  private void entries(ControlState control) {
    long address = LongModeSpaces.address(mode);
    Space space = space(control, address, upper());
    GuestWalk.End[][] representatives = representatives(control, address);
    SpaceSweep full = new SpaceSweep(space, subject);
    boolean noExecute = control.noExecute();
    long count = space.entries();
    full.odometer().seek(0);
    for (long number = 0; number < count; number++) {
      int state = state(full.odometer(), noExecute);
      GuestWalk.End represented = representatives[state][(int) (number % LOWER)];
      GuestWalk.End started =
          switch (state) {
            case NOT_PRESENT -> new GuestWalk.End.NotPresent();
            case RESERVED -> new GuestWalk.End.Reserved();
            default -> below(full, rights(state), EntryMemory.tableFrame(second));
          };
      compare(full, started, represented, number);
      full.odometer().next();
    }
  }

  private void compare(
      SpaceSweep full, GuestWalk.End started, GuestWalk.End represented, long which) {
    Space space = full.space();
    GuestWalk.End end = subject.walk(full.memory(), space.control(), space.page()).end();
    full.formulation().read(full.memory(), space.address());
    combinations++;
    if (!end.equals(started) || !end.equals(represented) || !full.same(end)) {
      disagreements++;
      if (shown.size() < Tally.SHOWN) {
        shown.add(
            "%s, upper entries no. %d, EFER 0x%x: the full walk %s; from the accumulated state %s;"
                    .formatted(mode.name(), which, space.control().efer(), end, started)
                + " through its representative %s; formulation %s"
                    .formatted(represented, Outcome.of(full.formulation(), 0).found()));
      }
    }
  }

  /** How the walk ends that starts at the second lowest level with these rights. */
  private GuestWalk.End below(SpaceSweep full, WalkRights rights, long table) {
    Space space = full.space();
    long first = mode.level(second - 1).firstPage(space.page());
    return subject
        .walkFrom(
            new PartialWalk(second, first, table, rights, 0),
            full.memory(),
            space.control(),
            space.page())
        .end();
  }

  /** The state that the upper entries accumulate, by the words of the manual. */
  private int state(Odometer entries, boolean noExecute) {
    long all = -1;
    boolean executable = true;
    for (int level = 0; level < second; level++) {
      long entry = entries.entry(level);
      if ((entry & Entries.P) == 0) {
        return NOT_PRESENT;
      }
      boolean sizeBit = (entry & Entries.PS) != 0;
      boolean high = (entry & 1L << Entries.ABOVE_MAXPHYADDR) != 0;
      boolean disabled = (entry & Entries.XD) != 0;
      if (sizeBit || high || (disabled && !noExecute)) {
        return RESERVED;
      }
      all &= entry;
      executable &= !disabled;
    }
    return ((all & Entries.W) != 0 ? 1 : 0)
        | ((all & Entries.U) != 0 ? 2 : 0)
        | (executable ? 0 : 4);
  }

  private static WalkRights rights(int state) {
    return new WalkRights((state & 1) != 0, (state & 2) != 0, (state & 4) == 0);
  }

  /** The entry of the root that stands for a state. */
  private static long representative(int state) {
    return Entries.table(1)
        | switch (state) {
          case NOT_PRESENT -> 0;
          case RESERVED -> Entries.FREE | 1L << Entries.ABOVE_MAXPHYADDR;
          default ->
              Entries.P
                  | ((state & 1) != 0 ? Entries.W : 0)
                  | ((state & 2) != 0 ? Entries.U : 0)
                  | ((state & 4) != 0 ? Entries.XD : 0);
        };
  }

  private GuestWalk.End[][] representatives(ControlState control, long address) {
    GuestWalk.End[][] ends = new GuestWalk.End[STATES][LOWER];
    SpaceSweep plain = new SpaceSweep(space(control, address, List.of()), subject);
    for (int lower = 0; lower < LOWER; lower++) {
      for (int state = 0; state < STATES; state++) {
        plain.odometer().seek(lower);
        plain.memory().put(0, representative(state));
        for (int level = 1; level < second; level++) {
          plain.memory().put(level, Entries.table(level + 1) | Entries.FREE);
        }
        ends[state][lower] = subject.walk(plain.memory(), control, plain.space().page()).end();
      }
    }
    return ends;
  }

  private List<Dimension> upper() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int level = 0; level < second; level++) {
      String name = mode.level(level).name();
      dimensions.addAll(Entries.rights(name, level));
      dimensions.add(Entries.noExecute(name, level));
      boolean maps = level == second - 1;
      dimensions.add(
          maps
              ? Entries.reserved(name, level, Entries.ABOVE_MAXPHYADDR)
              : Entries.reserved(name, level, Entries.ABOVE_MAXPHYADDR, 7));
    }
    return dimensions;
  }

  private Space space(ControlState control, long address, List<Dimension> upper) {
    List<Long> base = new ArrayList<>();
    for (int level = 0; level < second; level++) {
      base.add(Entries.table(level + 1));
    }
    base.add(Entries.table(second + 1) | Entries.FREE);
    base.add(Entries.BASE_PAGE | Entries.FREE);
    long large = (Entries.table(second + 1) ^ Entries.PAGE_2M) | Entries.PS;
    List<Dimension> dimensions = new ArrayList<>(upper);
    dimensions.add(Dimension.one("PDE", second, Entries.P, large));
    dimensions.add(Dimension.one("PTE", second + 1, Entries.P, Entries.W, Entries.U, 1L << 51));
    return new Space(
        Section.BASE_PAGE,
        mode,
        Profile.GENERIC_64,
        control,
        address,
        base,
        dimensions,
        LegalAccesses.of(control, address, 0));
  }
}
