package io.vtlb.specs.generate;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import io.vtlb.specs.cell.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts scenarios of a small world into a whole machine: its entries at their places in guest
 * memory, and windows through which the guest stores them, one for supervisors and one for users,
 * so that every virtual TLB sees the stores that it would see of a real guest.
 */
public final class Embedding {

  /** The linear page that the specification looks at, numbered in 4 KiB. */
  public static final long PAGE = 0x40201;

  /** The one virtual CPU. */
  public static final Vcpu CPU = new Vcpu(0, 0);

  private static final long NEIGHBOUR = PAGE ^ 2;
  private static final long FRAME = 0x10;
  private static final long PLACE = 0x100010;
  private static final long OTHER_PLACE = 0x300010;
  private static final int LOADED_AT = 0x100;
  private static final int STORED_AT = 0x200;
  private static final long STORED = 0x5709ed;

  private final Layout layout;
  private final Scenario scenario;
  private final List<Operation> operations = new ArrayList<>();
  private ControlState control;
  private int cpl;
  private boolean alignmentCheck;
  private long place = PLACE;
  private boolean logs;

  private Embedding(Scenario scenario) {
    this.scenario = scenario;
    this.layout = Layout.of(scenario.world());
    this.control = layout.first(scenario.start());
    this.cpl = scenario.start().cpl();
    this.alignmentCheck = scenario.start().alignmentCheck();
  }

  /**
   * The scenario as a sequence: its operations, one for one, and then the guest enters the set that
   * its cell is about, if it is in another, and reads the page there, so that what the last event
   * left undone shows. Where a mistake is the goal, it stores and reads as user and as supervisor,
   * and the host harvests its log.
   */
  public static Sequence of(Scenario scenario) {
    Embedding embedding = new Embedding(scenario);
    World world = embedding.world();
    scenario.steps().forEach(step -> embedding.add(step.operation()));
    switch (scenario.goal()) {
      case Goal.Into(Cell cell) -> embedding.lookAt(cell.set());
      case Goal.Against against -> embedding.lookAtBoth();
    }
    return new Sequence(world, embedding.operations);
  }

  /** The name of the paging mode that a small world is put into. */
  public static String modeOf(String world) {
    return Layout.of(world).mode();
  }

  private void lookAtBoth() {
    add(new SmallOperation.Touch(AccessKind.STORE));
    if (logs) {
      add(new SmallOperation.HostActs(HostAct.HARVESTS_LOG));
    }
    lookAt(cpl == 3 ? PrivilegeSet.SUPERVISOR : PrivilegeSet.USER);
    add(new SmallOperation.Touch(AccessKind.STORE));
  }

  private void lookAt(PrivilegeSet set) {
    if (PrivilegeSet.of(cpl, alignmentCheck, control) != set) {
      boolean asUser = set == PrivilegeSet.USER;
      if (asUser != (cpl == 3)) {
        add(new SmallOperation.EnterLevel(asUser ? 3 : 0));
      }
      if (!asUser && PrivilegeSet.of(cpl, alignmentCheck, control) != set) {
        add(new SmallOperation.ToggleAlignmentCheck());
      }
    }
    add(new SmallOperation.Touch(AccessKind.LOAD));
  }

  private World world() {
    VcpuState state = new VcpuState(control, cpl, alignmentCheck, 0);
    return new World(
        layout.mode(),
        layout.profile(),
        new Caching(Caching.Policy.FOREVER, 0),
        List.of(new Machine(List.of(state), HOST, words())));
  }

  /** What the specification has behind guest frames; large pages are backed as a whole. */
  private static final HostMap HOST =
      new HostMap(
          List.of(
              new HostRange(0, 0x100000, 0x12),
              new HostRange(0x12, 0x100012, 1, true),
              new HostRange(0x400, 0x100400, 0x800),
              new HostRange(0x40000, 0x140000, 0x80000),
              new HostRange(0x100000, 0x200000, 0x400)));

  private List<Machine.Word> words() {
    SortedMap<Long, Long> entries = new TreeMap<>(layout.fixed());
    layout.places().forEach((place, address) -> entries.put(address, entry(place)));
    List<Machine.Word> words = new ArrayList<>();
    entries.forEach((address, value) -> {
      words.add(new Machine.Word(address, (int) (long) value));
      if (layout.bytes() == Long.BYTES) {
        words.add(new Machine.Word(address + 4, (int) (value >>> 32)));
      }
    });
    return words;
  }

  private long entry(Place place) {
    Start start = scenario.start();
    return switch (place) {
      case FIRST_TABLE -> start.first();
      case SECOND_TABLE -> start.second();
      case DIRECTORY -> start.directory();
      case UPPER -> start.upper();
    };
  }

  private void add(SmallOperation operation) {
    operations.add(
        switch (operation) {
          case SmallOperation.Touch touch ->
              switch (touch.kind()) {
                case LOAD -> new GuestOperation.Load(CPU, address(PAGE) + LOADED_AT);
                case STORE -> new GuestOperation.Store(CPU, address(PAGE) + STORED_AT, STORED);
                case FETCH -> new GuestOperation.Fetch(CPU, address(PAGE) + LOADED_AT);
              };
          case SmallOperation.Edit(Place place, long value) ->
              new GuestOperation.Store(CPU, window(layout.address(place)), value, layout.bytes());
          case SmallOperation.InvalidatePage page ->
              new GuestOperation.InvalidatePage(CPU, address(PAGE));
          case SmallOperation.InvalidateNeighbour neighbour ->
              new GuestOperation.InvalidatePage(CPU, address(NEIGHBOUR));
          case SmallOperation.InvalidateContext(var type, int pcid) ->
              new GuestOperation.InvalidatePcid(
                  CPU, type, pcid, address(type == InvalidationType.ADDRESS ? PAGE : NEIGHBOUR));
          case SmallOperation.LoadRoot(int pcid, boolean keep) ->
              write(ControlRegister.CR3, Layout.ROOT | pcid, keep ? ControlState.CR3_NO_FLUSH : 0);
          case SmallOperation.ToggleCr0(long bit) ->
              write(ControlRegister.CR0, control.cr0() ^ bit, 0);
          case SmallOperation.ToggleCr4(long bit) ->
              write(ControlRegister.CR4, control.cr4() ^ bit, 0);
          case SmallOperation.ToggleEfer efer ->
              write(ControlRegister.EFER, control.efer() ^ ControlState.EFER_NXE, 0);
          case SmallOperation.EnterLevel(int level) -> {
            cpl = level;
            yield new GuestOperation.ChangePrivilege(CPU, level);
          }
          case SmallOperation.ToggleAlignmentCheck check -> {
            alignmentCheck = !alignmentCheck;
            yield new GuestOperation.ChangeAlignmentCheck(CPU, alignmentCheck);
          }
          case SmallOperation.WriteKeys(int pkru) ->
              new GuestOperation.WriteProtectionKeyRights(CPU, pkru);
          case SmallOperation.HostActs(HostAct act) -> host(act);
        });
  }

  /** Memory that the host maps, or moves to, is at one of two places. */
  private Operation host(HostAct act) {
    return switch (act) {
      case UNMAPS -> new HostOperation.UnmapFrames(CPU.vm(), FRAME, 1);
      case MAPS -> {
        place = PLACE;
        yield new HostOperation.MapFrames(CPU.vm(), FRAME, place, 1);
      }
      case MOVES -> {
        place = place == PLACE ? OTHER_PLACE : PLACE;
        yield new HostOperation.MoveFrames(CPU.vm(), FRAME, place, 1);
      }
      case PROTECTS_IT -> new HostOperation.ProtectFrames(CPU.vm(), FRAME, 1, true);
      case UNPROTECTS_IT -> new HostOperation.ProtectFrames(CPU.vm(), FRAME, 1, false);
      case STARTS_LOG -> {
        logs = true;
        yield new HostOperation.StartDirtyLog(CPU.vm());
      }
      case HARVESTS_LOG -> new HostOperation.HarvestDirtyLog(CPU.vm());
    };
  }

  private Operation write(ControlRegister register, long value, long beside) {
    control = control.with(register, value);
    return new GuestOperation.WriteControl(CPU, register, value | beside);
  }

  /** Where the guest stores to a table; without paging, at its physical address. */
  private long window(long physicalAddress) {
    long to = cpl == 3 ? address(Layout.TO_USER) : 0;
    return control.paging() ? layout.window() + to + physicalAddress : physicalAddress;
  }

  private static long address(long page) {
    return page << 12;
  }
}
