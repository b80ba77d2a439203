package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.conformance.run.ExampleWorld.FRAME;
import static io.vtlb.conformance.run.ExampleWorld.ROOT;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR;
import static io.vtlb.conformance.run.ExampleWorld.SUPERVISOR_READ;
import static io.vtlb.conformance.run.ExampleWorld.TABLE;
import static io.vtlb.conformance.run.ExampleWorld.USER;
import static io.vtlb.conformance.run.ExampleWorld.entry;
import static io.vtlb.conformance.run.ExampleWorld.entryAddress;
import static io.vtlb.conformance.run.ExampleWorld.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.target.Targets;
import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.ForeignStore;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import io.vtlb.specs.cell.Cell;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Into which cells the last operation of a short sequence leads. */
class CellsOfRunTest {

  private static final int CLEAN = 0x21;
  private static final int CLEAN_WRITABLE = 0x23;
  private static final int UNTOUCHED = 0x03;
  private static final int NOT_ACCESSED = 0x43;
  private static final int LARGE = 0xE7;
  private static final int BEYOND_MEMORY = 0x20;
  private static final int RESERVED_OF_LARGE = 1 << 21;
  private static final InvalidatePage FLUSH = new InvalidatePage(CPU, 0);
  private static final WriteControl RELOAD = new WriteControl(CPU, ControlRegister.CR3, ROOT << 12);
  private static final WriteControl LARGE_PAGES =
      new WriteControl(CPU, ControlRegister.CR4, ControlState.CR4_PSE);

  private static World world(int... entries) {
    return ExampleWorld.of(machine(0, 0, entries));
  }

  private static ForeignStore edit(int value) {
    return new ForeignStore(CPU, entryAddress(0), value);
  }

  private static ForeignStore directory(int value) {
    return new ForeignStore(CPU, ROOT << 12, value);
  }

  private static Set<String> words(
      Supplier<? extends Target> target, World world, List<Operation> operations) {
    SequencePlay play =
        new SequencePlay(world, target.get(), EnumSet.allOf(Rule.class), StepListener.NONE);
    operations.forEach(play::perform);
    RunOutcome outcome = play.outcome();
    assertEquals(operations.size(), outcome.operations(), outcome::toString);
    Set<String> words = new TreeSet<>();
    outcome.cells().cells().stream().map(Cell::word).forEach(words::add);
    return words;
  }

  /** The cells that the last operation added, and no others. */
  private static void assertLast(
      Supplier<? extends Target> target,
      Set<String> expected,
      World world,
      Operation... operations) {
    List<Operation> all = List.of(operations);
    Set<String> last = words(target, world, all);
    last.removeAll(words(target, world, all.subList(0, all.size() - 1)));
    assertEquals(new TreeSet<>(expected), last);
  }

  private static void assertLast(Set<String> expected, World world, Operation... operations) {
    assertLast(ReferenceVmm::new, expected, world, operations);
  }

  /** The cells of a flush of page 0: what it finds for supervisors, while users have nothing. */
  private static Set<String> flush(String before, String edit) {
    return flush(before, edit, "4k");
  }

  private static Set<String> flush(String before, String edit, String size) {
    return Set.of(
        "invlpg-event/tlb-manipulation/%s/supervisor/%s/%s".formatted(before, edit, size),
        "invlpg-event/tlb-manipulation/absent/user/%s/%s".formatted(edit, size));
  }

  @Test
  void aFirstAccessFindsNothing() {
    World world = world(entry(FRAME, SUPERVISOR));
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/unchanged/4k"), world, new Load(CPU, 0));
    assertLast(
        Set.of("store-fault/inconsistency/absent/supervisor/unchanged/4k"),
        world,
        new Store(CPU, 0, 1));
    assertLast(
        Set.of("fetch-fault/inconsistency/absent/supervisor/unchanged/4k"),
        world,
        new Fetch(CPU, 0));
  }

  @Test
  void anEntryMatches() {
    assertLast(
        flush("matching", "unchanged"), world(entry(FRAME, SUPERVISOR)), new Load(CPU, 0), FLUSH);
  }

  @Test
  void anEntryThatLeadsElsewhereIsStale() {
    assertLast(
        flush("stale", "moved"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        edit(entry(FRAME + 1, SUPERVISOR)),
        FLUSH);
  }

  @Test
  void anEntryForWhatIsGoneIsStale() {
    assertLast(
        flush("stale", "unmapped"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        edit(0),
        FLUSH);
  }

  @Test
  void anEntryThatGrantsTooMuchIsExcessive() {
    assertLast(
        flush("excessive", "narrowed"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        edit(entry(FRAME, SUPERVISOR_READ)),
        FLUSH);
  }

  @Test
  void anEntryThatGrantsTooLittleLacksIt() {
    assertLast(
        flush("lacking", "widened"),
        world(entry(FRAME, SUPERVISOR_READ)),
        new Load(CPU, 0),
        edit(entry(FRAME, SUPERVISOR)),
        FLUSH);
  }

  @Test
  void writesAreWithheldWhileTheLeafIsClean() {
    assertLast(
        flush("withheld", "unchanged"),
        world(entry(FRAME, CLEAN_WRITABLE)),
        new Load(CPU, 0),
        FLUSH);
    assertLast(flush("matching", "unchanged"), world(entry(FRAME, CLEAN)), new Load(CPU, 0), FLUSH);
  }

  @Test
  void writesAreWithheldWhereTheHostSaysSo() {
    World world = world(entry(FRAME, SUPERVISOR));
    assertLast(
        flush("withheld", "unchanged"),
        world,
        new ProtectFrames(0, FRAME, 1, true),
        new Load(CPU, 0),
        FLUSH);
    assertLast(
        flush("withheld", "unchanged"), world, new Load(CPU, 0), new StartDirtyLog(0), FLUSH);
  }

  @Test
  void aLogWithholdsWritesUntilTheHostIsTold() {
    World world = LongWorld.of(0, 2, LongWorld.entry(LongWorld.FRAME, LongWorld.SUPERVISOR));
    Store store = new Store(LongWorld.OTHER, 0, 1);
    StartDirtyLog start = new StartDirtyLog(0);
    assertLast(flush("withheld", "unchanged"), world, new Load(CPU, 0), start, FLUSH);
    assertLast(flush("lacking", "unchanged"), world, new Load(CPU, 0), start, store, FLUSH);
    assertLast(
        flush("withheld", "unchanged"),
        world,
        new Load(CPU, 0),
        start,
        store,
        new HarvestDirtyLog(0),
        FLUSH);
  }

  @Test
  void aKeyThatIsNotTheGuestsGrantsTooMuch() {
    World world = LongWorld.of(ControlState.CR4_PKE, 1, LongWorld.keyed(LongWorld.FRAME, 1));
    long keyed = LongWorld.keyed(LongWorld.FRAME, 2);
    assertLast(
        flush("excessive", "unchanged"),
        world,
        new Load(CPU, 0),
        new ForeignStore(CPU, LongWorld.entryAddress(0), keyed, 8),
        FLUSH);
  }

  @Test
  void whatIsMappedIsMissing() {
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world(0),
        new Load(CPU, 0),
        edit(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0));
  }

  @Test
  void aLargeEntryReplacesATable() {
    assertLast(
        flush("matching", "resized", "4m"),
        world(entry(0, USER)),
        LARGE_PAGES,
        new Load(CPU, 0),
        directory(LARGE),
        FLUSH);
  }

  @Test
  void aReservedBitEndsTheWalk() {
    assertLast(
        flush("stale", "made-reserved", "4m"),
        world(entry(FRAME, SUPERVISOR)),
        LARGE_PAGES,
        new Load(CPU, 0),
        directory(LARGE | RESERVED_OF_LARGE),
        FLUSH);
  }

  @Test
  void clearingBitsIsAnEditOnlyWhereNothingElseIs() {
    World world = world(entry(FRAME, SUPERVISOR));
    assertLast(
        flush("excessive", "cleaned"),
        world,
        new Load(CPU, 0),
        edit(entry(FRAME, CLEAN_WRITABLE)),
        FLUSH);
    assertLast(
        flush("excessive", "narrowed"), world, new Load(CPU, 0), edit(entry(FRAME, CLEAN)), FLUSH);
  }

  @Test
  void theLatestEditCountsAndNoEditIsNone() {
    World world = world(entry(FRAME, SUPERVISOR));
    assertLast(
        flush("stale", "moved"),
        world,
        new Load(CPU, 0),
        edit(0),
        edit(entry(FRAME + 1, SUPERVISOR)),
        edit(entry(FRAME + 2, SUPERVISOR)),
        edit(entry(FRAME + 2, SUPERVISOR)),
        FLUSH);
    assertLast(
        flush("matching", "mapped"),
        world,
        new Load(CPU, 0),
        edit(0),
        edit(entry(FRAME, SUPERVISOR)),
        FLUSH);
  }

  @Test
  void whatTheVmmSetsIsNoEdit() {
    assertLast(
        Set.of("store-fault/inconsistency/withheld/supervisor/unchanged/4k"),
        world(entry(FRAME, UNTOUCHED)),
        new Load(CPU, 0),
        new Store(CPU, 0, 1));
    assertLast(
        flush("matching", "unchanged"),
        world(entry(FRAME, UNTOUCHED)),
        new Store(CPU, 0, 1),
        FLUSH);
  }

  /** In page 2 is the table; a store to it is a processor's or, where it traps, emulated. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "bundled", "design:role-shared", "design:out-of-sync"})
  void aStoreIsAnEditWhoeverDoesIt(String target) {
    assertLast(
        () -> ((FreshTargets) Targets.named(target, List.of()).open()).maker().get(),
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world(0, 0, entry(TABLE, SUPERVISOR)),
        new Load(CPU, 0),
        new Store(CPU, 0x2000, entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0));
  }

  @Test
  void aStoreOfAnotherVirtualCpuIsAnEdit() {
    World world = LongWorld.of(0, 2, 0, LongWorld.entry(LongWorld.FRAME - 4, LongWorld.SUPERVISOR));
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world,
        new Load(LongWorld.CPU, 0),
        new Store(
            LongWorld.OTHER, 0x1000, LongWorld.entry(LongWorld.FRAME, LongWorld.SUPERVISOR), 8),
        new Load(LongWorld.CPU, 0));
  }

  @Test
  void aFlushOfThePageEndsAnEdit() {
    World world = world(0, entry(FRAME, SUPERVISOR));
    Load load = new Load(CPU, 0);
    Operation map = edit(entry(FRAME, SUPERVISOR));
    Set<String> mapped = Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k");
    Set<String> unchanged = Set.of("load-fault/inconsistency/absent/supervisor/unchanged/4k");
    assertLast(unchanged, world, load, map, FLUSH, load);
    assertLast(unchanged, world, load, map, RELOAD, load);
    assertLast(mapped, world, load, map, new InvalidatePage(CPU, 0x1000), load);
    assertLast(mapped, world, load, map, LARGE_PAGES, load);
  }

  @Test
  void aFlushOfAnotherContextEndsNoEdit() {
    World world = LongWorld.of(ControlState.CR4_PCIDE, 1, 0);
    Load load = new Load(CPU, 0);
    Operation map =
        new ForeignStore(
            CPU,
            LongWorld.entryAddress(0),
            LongWorld.entry(LongWorld.FRAME, LongWorld.SUPERVISOR),
            8);
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world,
        load,
        map,
        new InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 1, 0),
        load);
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/unchanged/4k"),
        world,
        load,
        map,
        new InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 0, 0),
        load);
    // PCID 1 is loaded, its translations flushed; then PCID 0 with bit 63, which flushes nothing.
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world,
        load,
        new WriteControl(CPU, ControlRegister.CR3, LongWorld.ROOT | 1),
        map,
        new WriteControl(CPU, ControlRegister.CR3, ControlState.CR3_NO_FLUSH | LongWorld.ROOT),
        load);
  }

  @Test
  void thePageOfADeviceIsADevices() {
    assertLast(
        Set.of("load-fault/device-access/absent/supervisor/unchanged/4k"),
        world(entry(BEYOND_MEMORY, SUPERVISOR)),
        new Load(CPU, 0));
    assertLast(
        Set.of("store-fault/device-access/withheld/supervisor/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR)),
        new ProtectFrames(0, FRAME, 1, true),
        new Load(CPU, 0),
        new Store(CPU, 0, 1));
  }

  @Test
  void aFaultIsTheGuestsOwn() {
    assertLast(
        Set.of("load-fault/guest-page-fault/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR)),
        new ChangePrivilege(CPU, 3),
        new Load(CPU, 0));
    assertLast(
        Set.of("store-fault/guest-page-fault/matching/supervisor/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR_READ)),
        new Load(CPU, 0),
        new Store(CPU, 0, 1));
  }

  @Test
  void aProcessorThatLagsBehindFaultsSpuriously() {
    long clean = LongWorld.entry(LongWorld.FRAME, CLEAN_WRITABLE);
    World calm = LongWorld.of(0, 2, clean);
    World world =
        new World(
            calm.mode(), calm.profile(), new Caching(Caching.Policy.FOREVER, 1), calm.machines());
    assertLast(
        () -> ((FreshTargets) Targets.named("design:role-shared", List.of()).open()).maker().get(),
        Set.of("store-fault/spurious/matching/supervisor/unchanged/4k"),
        world,
        new Load(LongWorld.OTHER, 0),
        new Store(LongWorld.CPU, 0, 1),
        new Store(LongWorld.OTHER, 0, 2));
  }

  @Test
  void aControlWriteIsLookedAtUnderWhatWasBefore() {
    WriteControl unprotect =
        new WriteControl(CPU, ControlRegister.CR0, ControlState.CR0_PE | ControlState.CR0_PG);
    assertLast(
        Set.of(
            "cr0-write/control-change/matching/supervisor/unchanged/4k",
            "cr0-write/control-change/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR_READ)),
        new Load(CPU, 0),
        unprotect);
    assertLast(
        Set.of(
            "cr0-write/tlb-manipulation/matching/supervisor/unchanged/4k",
            "cr0-write/tlb-manipulation/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        new WriteControl(CPU, ControlRegister.CR0, ControlState.CR0_PE));
  }

  @Test
  void thePageEditedAndTheLastOneCountWhereThereIsNoEntry() {
    assertLast(
        Set.of(
            "cr3-write/tlb-manipulation/absent/user/unmapped/4k",
            "cr3-write/tlb-manipulation/stale/supervisor/unmapped/4k",
            "cr3-write/tlb-manipulation/matching/supervisor/unchanged/4k",
            "cr3-write/tlb-manipulation/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR), entry(FRAME + 1, SUPERVISOR)),
        new Load(CPU, 0),
        new Load(CPU, 0x1000),
        edit(0),
        RELOAD);
  }

  @Test
  void aChangeOfPrivilegeIsOfTheSetOrWithinIt() {
    assertLast(
        Set.of(
            "privilege-event/privilege-set-change/matching/supervisor/unchanged/4k",
            "privilege-event/privilege-set-change/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        new ChangePrivilege(CPU, 3));
    assertLast(
        Set.of(
            "privilege-event/privilege-change-within-set/matching/supervisor/unchanged/4k",
            "privilege-event/privilege-change-within-set/absent/user/unchanged/4k"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        new ChangePrivilege(CPU, 1));
  }

  @Test
  void aWalkEndsAtTheSizeOfItsLastEntry() {
    World world = LongWorld.of(0, 1);
    assertLast(
        Set.of("load-fault/guest-page-fault/absent/supervisor/unchanged/4k"),
        world,
        new Load(CPU, 0));
    assertLast(
        Set.of("load-fault/guest-page-fault/absent/supervisor/unchanged/2m"),
        world,
        new Load(CPU, 1L << 21));
    assertLast(
        Set.of("load-fault/guest-page-fault/absent/supervisor/unchanged/1g"),
        world,
        new Load(CPU, 1L << 30));
    assertLast(Set.of(), world, new Load(CPU, 1L << 39));
  }

  @Test
  void withoutPagingAPageIsItsFrame() {
    World world = world(entry(FRAME, SUPERVISOR));
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/unchanged/4k"),
        world,
        new WriteControl(CPU, ControlRegister.CR0, ControlState.CR0_PE),
        new Load(CPU, FRAME << 12));
  }

  @Test
  void eachSetThatExistsIsLookedAt() {
    World world =
        LongWorld.of(
            ControlState.CR4_SMAP, 1, LongWorld.entry(LongWorld.FRAME, LongWorld.SUPERVISOR));
    assertLast(
        Set.of(
            "invpcid-address/tlb-manipulation/matching/supervisor/unchanged/4k",
            "invpcid-address/tlb-manipulation/absent/user/unchanged/4k",
            "invpcid-address/tlb-manipulation/absent/supervisor-ac/unchanged/4k"),
        world,
        new Load(CPU, 0),
        new InvalidatePcid(CPU, InvalidationType.ADDRESS, 0, 0));
    assertLast(
        Set.of(
            "invpcid-all/tlb-manipulation/matching/supervisor/unchanged/4k",
            "invpcid-all/tlb-manipulation/absent/user/unchanged/4k",
            "invpcid-all/tlb-manipulation/absent/supervisor-ac/unchanged/4k"),
        world,
        new Load(CPU, 0),
        new InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 0, 0));
  }

  /** Does every store to the table for the guest. */
  private static final class Emulating extends WrappedVmm {

    private @Nullable GuestMemory memory;

    @Override
    public void create(VmBlueprint blueprint, GuestMemory view) {
      memory = view;
      super.create(blueprint, view);
    }

    @Override
    public Response handle(Event event) {
      if (event instanceof Event.PageFault fault && fault.access().isStore() && memory != null) {
        memory.store(TABLE << 12, fault.access().bytes(), fault.value());
        return Response.of(new Response.Action.StoreEmulated())
            .reporting(EventCause.INCONSISTENCY, ResyncKind.NONE);
      }
      return super.handle(event);
    }
  }

  @Test
  void anEmulatedStoreIsAnEdit() {
    assertLast(
        Emulating::new,
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world(0, 0, entry(TABLE, SUPERVISOR)),
        new Load(CPU, 0),
        new Store(CPU, 0x2000, entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0));
  }

  @Test
  void aStoreOfEightBytesEditsTwoEntries() {
    long both = (long) entry(FRAME, SUPERVISOR) << 32;
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/mapped/4k"),
        world(0, 0),
        new Load(CPU, 0x1000),
        new ForeignStore(CPU, entryAddress(0), both, 8),
        new Load(CPU, 0x1000));
  }

  @Test
  void aWalkThatEndsAsItDidIsUnchanged() {
    assertLast(
        Set.of("fetch-fault/guest-page-fault/absent/supervisor/unchanged/4k"),
        world(0),
        new Load(CPU, 0),
        edit(entry(FRAME, 0)),
        new Fetch(CPU, 0));
    assertLast(
        Set.of("fetch-fault/guest-page-fault/absent/supervisor/unchanged/4m"),
        world(0),
        directory(LARGE | RESERVED_OF_LARGE),
        LARGE_PAGES,
        new Load(CPU, 0),
        directory(LARGE | RESERVED_OF_LARGE | 1 << 22),
        new Fetch(CPU, 0));
  }

  @Test
  void clearingAccessedIsAnEditToo() {
    assertLast(
        flush("matching", "cleaned"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        edit(entry(FRAME, NOT_ACCESSED)),
        FLUSH);
  }

  @Test
  void whatTheHostTakesIsNoEdit() {
    assertLast(
        flush("stale", "unchanged"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        edit(entry(FRAME, SUPERVISOR)),
        new UnmapFrames(0, TABLE, 1),
        FLUSH);
  }

  @Test
  void anotherRootIsWalkedAnew() {
    assertLast(
        Set.of("load-fault/guest-page-fault/absent/supervisor/unchanged/4m"),
        world(entry(FRAME, SUPERVISOR)),
        new Load(CPU, 0),
        new WriteControl(CPU, ControlRegister.CR3, FRAME << 12),
        new Load(CPU, 0));
  }

  @Test
  void aLoadOfAnotherContextThatFlushesItEndsAnEdit() {
    assertLast(
        Set.of("load-fault/inconsistency/absent/supervisor/unchanged/4k"),
        LongWorld.of(ControlState.CR4_PCIDE, 1, 0),
        new Load(CPU, 0),
        new ForeignStore(
            CPU,
            LongWorld.entryAddress(0),
            LongWorld.entry(LongWorld.FRAME, LongWorld.SUPERVISOR),
            8),
        new WriteControl(CPU, ControlRegister.CR3, LongWorld.ROOT | 1),
        new Load(CPU, 0));
  }

  @Test
  void aWalkThatEndsInARegisterHasNoSize() {
    Machine fourLevel = LongWorld.of(0, 1).machines().getFirst();
    ControlState pae = new ControlState(LongWorld.CR0, LongWorld.ROOT, ControlState.CR4_PAE, 0);
    World world =
        new World(
            "PAE",
            Profile.GENERIC_64,
            new Caching(Caching.Policy.NEVER, 1),
            List.of(
                new Machine(
                    List.of(new VcpuState(pae, 0)), fourLevel.hostMap(), fourLevel.words())));
    assertLast(Set.of(), world, new Load(CPU, 0));
  }
}
