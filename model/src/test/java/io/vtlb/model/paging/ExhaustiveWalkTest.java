package io.vtlb.model.paging;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.LARGE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.guest.GuestEntry.flags;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The walk of one page and its permission against a second formulation, for every combination of
 * the bits that count: both entries, the control registers, and the access (Intel SDM vol. 3, 4.3,
 * 4.6 and 4.7).
 */
class ExhaustiveWalkTest {

  /** Reserved in a PDE that maps a 4 MiB page; part of the table's address in any other. */
  private static final int BIT_21 = 1 << 21;

  private static final long TABLE_WITH_BIT_21 = TABLE | BIT_21 >> 12;
  private static final long PSE_PGE = ControlState.CR4_PSE | ControlState.CR4_PGE;

  /** What an access comes to: a fault with a code, or a page with its attributes. */
  private sealed interface Outcome {

    record Fault(int code) implements Outcome {}

    record Page(long frame, boolean user, boolean writable, boolean global, boolean dirty)
        implements Outcome {}
  }

  /** Both entries and the control state of one situation. */
  private record Structure(int directoryEntry, int tableEntry, ControlState control) {

    boolean directoryHas(String flag) {
      return (directoryEntry & flags(flag)) != 0;
    }

    boolean isLarge() {
      return directoryHas("L") && (control.cr4() & ControlState.CR4_PSE) != 0;
    }

    boolean endsReserved() {
      return directoryHas("P") && isLarge() && (directoryEntry & BIT_21) != 0;
    }

    boolean endsNotPresent() {
      return !directoryHas("P") || (!isLarge() && (tableEntry & flags("P")) == 0);
    }

    int leaf() {
      return isLarge() ? directoryEntry : tableEntry;
    }

    boolean leafHas(String flag) {
      return (leaf() & flags(flag)) != 0;
    }

    boolean allHave(String flag) {
      return directoryHas(flag) && leafHas(flag);
    }

    Outcome of(Access access) {
      boolean fetchTold = access.isFetch() && (control.cr4() & ControlState.CR4_SMEP) != 0;
      int code = (access.isStore() ? 2 : 0) + (access.isUser() ? 4 : 0) + (fetchTold ? 16 : 0);
      if (endsNotPresent()) {
        return new Outcome.Fault(code);
      }
      if (endsReserved()) {
        return new Outcome.Fault(code + 8 + 1);
      }
      if (!PermissionTable.permits(
          new WalkRights(allHave("W"), allHave("U"), true), access, control)) {
        return new Outcome.Fault(code + 1);
      }
      return new Outcome.Page(
          isLarge() ? LARGE_FRAME : FRAME,
          allHave("U"),
          allHave("W"),
          leafHas("G") && (control.cr4() & ControlState.CR4_PGE) != 0,
          leafHas("D"));
    }
  }

  private final GuestPhysicalMemory memory =
      new GuestPhysicalMemory(0, new HostMap(List.of(new HostRange(0, 0, 0x1000))));

  @Test
  void agreesInEverySituation() {
    for (int directory : combinations("PWULDG")) {
      for (int table : combinations("PWUGDA")) {
        for (ControlState control : PermissionTest.controls()) {
          for (long more : new long[] {0, PSE_PGE}) {
            ControlState full =
                new ControlState(
                    control.cr0(), PageSize.address(ROOT, 0), control.cr4() | more, control.efer());
            check(structure(directory, table, full));
            check(structure(directory | BIT_21, table, full));
          }
        }
      }
    }
  }

  /** Every subset of some flags. */
  private static List<Integer> combinations(String letters) {
    List<Integer> combinations = new ArrayList<>(List.of(0));
    for (int i = 0; i < letters.length(); i++) {
      int bit = flags(letters.substring(i, i + 1));
      for (int smaller : List.copyOf(combinations)) {
        combinations.add(smaller | bit);
      }
    }
    return combinations;
  }

  private static Structure structure(int directory, int table, ControlState control) {
    int tableEntry = (int) PageSize.address(FRAME, 0) | table;
    Structure small =
        new Structure((int) PageSize.address(TABLE, 0) | directory, tableEntry, control);
    return small.isLarge()
        ? new Structure((int) PageSize.address(LARGE_FRAME, 0) | directory, tableEntry, control)
        : small;
  }

  private void check(Structure structure) {
    memory.write(ExampleGuest.address(ROOT, 0), structure.directoryEntry());
    memory.write(ExampleGuest.address(TABLE, 0), structure.tableEntry());
    memory.write(ExampleGuest.address(TABLE_WITH_BIT_21, 0), structure.tableEntry());
    ControlState control = structure.control();
    GuestWalk walk = ExampleGuest.WALKER.walk(memory, control, 0);
    assertEquals(structure.directoryHas("P") && !structure.isLarge() ? 2 : 1, walk.steps().size());
    for (Access access : PermissionTest.ACCESSES) {
      assertEquals(
          structure.of(access), outcome(walk, access, control), () -> structure + " " + access);
    }
  }

  private static Outcome outcome(GuestWalk walk, Access access, ControlState control) {
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> fault(Permission.notPresent(access, control));
      case GuestWalk.End.Reserved() -> fault(Permission.reserved(access, control));
      case GuestWalk.End.Reached(Translation found) ->
          Permission.permits(found, access, control)
              ? new Outcome.Page(
                  found.frame(),
                  found.rights().user(),
                  found.rights().writable(),
                  found.global(),
                  found.dirty())
              : fault(Permission.denied(found, access, control));
    };
  }

  private static Outcome fault(FaultCode code) {
    return new Outcome.Fault(code.bits());
  }
}
