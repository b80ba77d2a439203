package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.SUPERVISOR;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static io.vtlb.conformance.run.Seen.PROTECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.Observation.PageFaulted;
import io.vtlb.model.trace.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One sequence may run in several paging modes, and leaves each as the manual asks. */
class ModeChangeTest {

  private static final int ELSEWHERE = FRAME + 2;
  private static final long PDPT = (long) (FRAME + 1) << 12;
  private static final World WORLD =
      LongWorld.of(0, 1, entry(ELSEWHERE, SUPERVISOR), entry(FRAME + 1, SUPERVISOR));
  private static final GuestOperation PAGING_OFF =
      write(ControlRegister.CR0, LongWorld.CR0 & ~ControlState.CR0_PG);
  private static final GuestOperation PAGING_ON = write(ControlRegister.CR0, LongWorld.CR0);
  private static final GuestOperation LONG_MODE_OFF =
      write(ControlRegister.EFER, ControlState.EFER_NXE);

  private static WriteControl write(ControlRegister register, long value) {
    return new WriteControl(CPU, register, value);
  }

  @Test
  void withoutPagingAddressesArePhysical() {
    assertEquals(
        List.of(
            Seen.tag(ELSEWHERE << 12),
            COMPLETED,
            Seen.tag(0),
            Seen.tag(FRAME << 12),
            COMPLETED,
            Seen.tag(ELSEWHERE << 12)),
        Seen.by(
            WORLD,
            new Load(CPU, 0),
            PAGING_OFF,
            new Load(CPU, 0),
            new Load(CPU, FRAME << 12),
            PAGING_ON,
            new Load(CPU, 0)));
  }

  @Test
  void paePagingWalksItsRegistersAndNotTheirMemory() {
    long directory = entry(3, 1);
    assertEquals(
        List.of(COMPLETED, COMPLETED, COMPLETED, COMPLETED, COMPLETED, Seen.tag(ELSEWHERE << 12)),
        Seen.by(
            WORLD,
            new Store(CPU, 0x1000, directory, 8),
            PAGING_OFF,
            LONG_MODE_OFF,
            write(ControlRegister.CR3, PDPT),
            PAGING_ON,
            new Load(CPU, 0)));
  }

  /** The PDPT lies in the second page, so that the guest can edit it. */
  @Test
  void anEditOfTheirMemoryCountsFromTheNextLoadOfTheRegisters() {
    assertEquals(
        List.of(
            COMPLETED, Seen.tag(ELSEWHERE << 12), COMPLETED, new PageFaulted(new FaultCode(0), 0)),
        Seen.by(
                WORLD,
                new Store(CPU, 0x1000, entry(3, 1), 8),
                PAGING_OFF,
                LONG_MODE_OFF,
                write(ControlRegister.CR3, PDPT),
                PAGING_ON,
                new Store(CPU, 0x1000, 0, 8),
                new Load(CPU, 0),
                write(ControlRegister.CR3, PDPT),
                new Load(CPU, 0))
            .subList(5, 9));
  }

  @Test
  void registersThatCannotBeLoadedAreARefusedWrite() {
    Seen seen =
        Seen.of(
            WORLD,
            new Store(CPU, 0x1000, entry(3, 3), 8),
            PAGING_OFF,
            LONG_MODE_OFF,
            write(ControlRegister.CR3, PDPT),
            PAGING_ON,
            new Load(CPU, FRAME << 12));
    assertEquals(PROTECTED, seen.observations().get(4));
    assertEquals(Seen.tag(FRAME << 12), seen.last());
  }

  @Test
  void theVmmIsToldWhatFollowsFromTheWrite() {
    Event.ControlWrite off = (Event.ControlWrite) Seen.of(WORLD, PAGING_OFF).events().getFirst();
    assertEquals(true, off.before().longMode());
    assertEquals(false, off.after().longMode());
  }

  @Test
  void bit63OfCr3IsToldAndNotKept() {
    World contexts = LongWorld.of(ControlState.CR4_PCIDE, 1);
    long root = LongWorld.ROOT | 1;
    long value = root | ControlState.CR3_NO_FLUSH;
    Event.ControlWrite load =
        (Event.ControlWrite)
            Seen.of(contexts, write(ControlRegister.CR3, value)).events().getFirst();
    assertEquals(value, load.value());
    assertEquals(root, load.after().cr3());
    assertEquals(true, load.keepsTranslations());
  }
}
