package io.vtlb.conformance.reduce;

import static io.vtlb.conformance.reduce.MappedPage.CPU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linear pages get smaller names in every mode, and still lead to the same frames. */
class RenamingsTest {

  private static final int WIDE = 0x2b;
  private static final int DATA = 0x2c;

  static Stream<PagingMode> pagingModes() {
    return PagingMode.ALL.stream().filter(mode -> !mode.levels().isEmpty());
  }

  /** The highest canonical page: every index of it is the highest. */
  private static long highest(PagingMode mode) {
    return mode.canonicalPage(-1);
  }

  @ParameterizedTest
  @MethodSource("pagingModes")
  void aHighPageBecomesPageZero(PagingMode mode) {
    long page = highest(mode);
    long address = PageSize.address(page, 0x18);
    Sequence start =
        new Sequence(
            new MappedPage(mode).map(page, DATA).world(),
            List.of(new Load(CPU, address), new InvalidatePage(CPU, address)));
    Sequence result = renamed(start, 0, DATA);
    assertEquals(List.of(new Load(CPU, 0x18), new InvalidatePage(CPU, 0x18)), result.operations());
  }

  /** The low page keeps its indices, so the other one gets the next. */
  @ParameterizedTest
  @MethodSource("pagingModes")
  void anIndexInUseIsNotTaken(PagingMode mode) {
    long page = highest(mode);
    Sequence start =
        new Sequence(
            new MappedPage(mode).map(0, WIDE).map(page, DATA).world(),
            List.of(new Load(CPU, 0), new Load(CPU, PageSize.address(page, 0))));
    Sequence result = renamed(start, 1, DATA);
    Load load = (Load) result.operations().getLast();
    mode.levels()
        .forEach(
            level -> assertEquals(1, level.index(PageSize.page(load.address())), level.name()));
    assertEquals(OptionalLong.of(WIDE << 12), MappedPage.physical(result, 0));
  }

  /** An edit of an entry through a page that maps its table moves along with the entry. */
  @ParameterizedTest
  @MethodSource("pagingModes")
  void anEditThroughAWindowFollowsItsEntry(PagingMode mode) {
    long page = highest(mode);
    MappedPage mapped = new MappedPage(mode).map(page, DATA);
    long entry = mapped.leafAddress(page);
    mapped.map(0, PageSize.page(entry));
    Store edit = new Store(CPU, PageSize.offset(entry), 0);
    Sequence start =
        new Sequence(mapped.world(), List.of(edit, new Load(CPU, PageSize.address(page, 0))));
    Predicate<Sequence> editsTheEntry =
        sequence ->
            leadsTo(sequence, 1, DATA)
                && address(sequence, 0).equals(OptionalLong.of(leaf(sequence, page(sequence, 1))));
    assertTrue(editsTheEntry.test(start));
    Sequence result = fixpoint(start, editsTheEntry);
    assertEquals(1, mode.levels().getLast().index(page(result, 1)));
  }

  @Test
  void pcidsGetSmallerNames() {
    World world = new MappedPage(PagingMode.FOUR_LEVEL).map(0, DATA).world();
    Machine machine = world.machines().getFirst();
    ControlState control =
        machine
            .vcpus()
            .getFirst()
            .control()
            .with(ControlRegister.CR3, MappedPage.ROOT | 0x7ff)
            .with(ControlRegister.CR4, ControlState.CR4_PAE | ControlState.CR4_PCIDE);
    Sequence start =
        new Sequence(
            new World(
                world.mode(),
                world.profile(),
                world.caching(),
                List.of(
                    new Machine(
                        List.of(new VcpuState(control, 0)), machine.hostMap(), machine.words()))),
            List.of(
                new InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 5, 0),
                new WriteControl(CPU, ControlRegister.CR3, 0x8000_0000_0000_1005L)));
    Sequence result = fixpoint(start, sequence -> true);
    List<GuestOperation> operations =
        List.of(
            new InvalidatePcid(CPU, InvalidationType.SINGLE_CONTEXT, 0, 0),
            new WriteControl(CPU, ControlRegister.CR3, 0x8000_0000_0000_1000L));
    assertEquals(operations, result.operations());
    assertEquals(1, result.world().machines().getFirst().vcpus().getFirst().control().pcid());
  }

  @Test
  void anAddressThatIsNotCanonicalStaysAsItIs() {
    Sequence start =
        new Sequence(
            new MappedPage(PagingMode.FOUR_LEVEL).map(0, DATA).world(),
            List.of(new Load(CPU, 1L << 50)));
    assertEquals(List.of(), Renamings.of(start).toList());
  }

  /** Renames as long as the operation with this index leads to a frame. */
  private static Sequence renamed(Sequence start, int operation, long frame) {
    assertTrue(leadsTo(start, operation, frame));
    return fixpoint(start, sequence -> leadsTo(sequence, operation, frame));
  }

  private static Sequence fixpoint(Sequence start, Predicate<Sequence> stillFails) {
    Optional<Sequence> next = Renamings.of(start).filter(stillFails).findFirst();
    return next.isEmpty() ? start : fixpoint(next.get(), stillFails);
  }

  private static boolean leadsTo(Sequence sequence, int operation, long frame) {
    OptionalLong physical = address(sequence, operation);
    return physical.isPresent() && physical.getAsLong() >>> PageSize.BASE_SHIFT == frame;
  }

  private static OptionalLong address(Sequence sequence, int operation) {
    return MappedPage.physical(sequence, linear(sequence, operation));
  }

  private static long page(Sequence sequence, int operation) {
    return PageSize.page(linear(sequence, operation));
  }

  private static long linear(Sequence sequence, int operation) {
    return Actions.guest(sequence.operations().get(operation))
        .map(Operations::linear)
        .orElseThrow()
        .orElseThrow();
  }

  private static long leaf(Sequence sequence, long page) {
    return MappedPage.walk(sequence.world(), page).last().address();
  }
}
