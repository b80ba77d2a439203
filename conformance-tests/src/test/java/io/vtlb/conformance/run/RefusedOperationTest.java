package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.LongWorld.CPU;
import static io.vtlb.conformance.run.LongWorld.FRAME;
import static io.vtlb.conformance.run.LongWorld.USER;
import static io.vtlb.conformance.run.LongWorld.entry;
import static io.vtlb.conformance.run.Seen.COMPLETED;
import static io.vtlb.conformance.run.Seen.INVALID;
import static io.vtlb.conformance.run.Seen.PROTECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.Fetch;
import io.vtlb.model.operation.GuestOperation.InvalidatePage;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.Store;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.operation.GuestOperation.WriteProtectionKeyRights;
import io.vtlb.model.trace.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a #GP or #UD reaches no VMM and changes nothing. */
class RefusedOperationTest {

  private static final long LOWEST_NOT_CANONICAL = 1L << 47;
  private static final long PCIDE = ControlState.CR4_PCIDE;
  private static final long PKE = ControlState.CR4_PKE;
  private static final World WORLD = world(0);

  private static World world(long cr4) {
    return LongWorld.of(cr4, 1, entry(FRAME, USER));
  }

  private static InvalidatePcid invpcid(InvalidationType type, int pcid, long address) {
    return new InvalidatePcid(CPU, type, pcid, address);
  }

  /** Refused, unseen by the VMM, and the guest goes on as before. */
  private static void assertProtected(World world, GuestOperation operation) {
    Seen seen = Seen.of(world, operation, new Load(CPU, 0));
    assertEquals(List.of(PROTECTED, Seen.tag(FRAME << 12)), seen.observations());
    assertEquals(1, seen.events().size(), seen.events().toString());
  }

  static List<GuestOperation> privileged() {
    return List.of(
        new InvalidatePage(CPU, 0),
        invpcid(InvalidationType.ALL_CONTEXTS, 0, 0),
        new WriteControl(CPU, ControlRegister.CR0, LongWorld.CR0),
        new WriteControl(CPU, ControlRegister.CR3, LongWorld.ROOT),
        new WriteControl(CPU, ControlRegister.CR4, ControlState.CR4_PAE),
        new WriteControl(CPU, ControlRegister.EFER, LongWorld.EFER));
  }

  @ParameterizedTest
  @MethodSource("privileged")
  void privilegedOperationsNeedCpl0(GuestOperation operation) {
    for (int cpl = 1; cpl <= 3; cpl++) {
      Seen seen = Seen.of(WORLD, new ChangePrivilege(CPU, cpl), operation);
      assertEquals(PROTECTED, seen.last(), "at CPL " + cpl);
      assertEquals(List.of(new Event.PrivilegeChange(CPU, 0, cpl)), seen.events());
    }
    assertEquals(List.of(COMPLETED), Seen.by(WORLD, operation));
  }

  static List<GuestOperation> illegalWrites() {
    return List.of(
        new WriteControl(CPU, ControlRegister.CR0, ControlState.CR0_PG),
        new WriteControl(CPU, ControlRegister.CR0, LongWorld.CR0 | ControlState.CR0_NW),
        new WriteControl(CPU, ControlRegister.CR0, LongWorld.CR0 | 1L << 32),
        new WriteControl(CPU, ControlRegister.CR3, LongWorld.ROOT | 1L << 46),
        new WriteControl(CPU, ControlRegister.CR4, 0),
        new WriteControl(CPU, ControlRegister.CR4, ControlState.CR4_PAE | ControlState.CR4_LA57),
        new WriteControl(CPU, ControlRegister.CR4, ControlState.CR4_PAE | 1L << 40),
        new WriteControl(CPU, ControlRegister.EFER, ControlState.EFER_NXE),
        new WriteControl(CPU, ControlRegister.EFER, LongWorld.EFER | 1L << 1));
  }

  @ParameterizedTest
  @MethodSource("illegalWrites")
  void anIllegalWriteIsRefused(GuestOperation write) {
    assertProtected(WORLD, write);
  }

  @ParameterizedTest
  @ValueSource(longs = {LOWEST_NOT_CANONICAL, -LOWEST_NOT_CANONICAL - 4, 1L << 62, 1L << 48})
  void anAddressThatIsNotCanonicalIsRefused(long address) {
    assertProtected(WORLD, new Load(CPU, address));
    assertProtected(WORLD, new Store(CPU, address, 1));
    assertProtected(WORLD, new Fetch(CPU, address));
    assertProtected(WORLD, invpcid(InvalidationType.ADDRESS, 0, address));
  }

  @Test
  void anAccessThatEndsWhereNothingIsCanonicalIsRefused() {
    assertProtected(WORLD, new Load(CPU, LOWEST_NOT_CANONICAL - 4, 8));
  }

  @Test
  void invlpgOfAnAddressThatIsNotCanonicalDoesNothing() {
    Seen seen = Seen.of(WORLD, new InvalidatePage(CPU, LOWEST_NOT_CANONICAL));
    assertEquals(List.of(COMPLETED), seen.observations());
    assertEquals(List.of(), seen.events());
  }

  @ParameterizedTest
  @EnumSource
  void onlyTypesThatNameAPcidAskForPcidsToBeOn(InvalidationType type) {
    boolean names = type == InvalidationType.ADDRESS || type == InvalidationType.SINGLE_CONTEXT;
    assertEquals(names ? PROTECTED : COMPLETED, Seen.by(WORLD, invpcid(type, 1, 0)).getFirst());
    assertEquals(COMPLETED, Seen.by(world(PCIDE), invpcid(type, 1, 0)).getFirst());
    assertEquals(COMPLETED, Seen.by(WORLD, invpcid(type, 0, 0)).getFirst());
  }

  @Test
  void onlyType0LooksAtTheAddress() {
    assertEquals(
        List.of(COMPLETED),
        Seen.by(WORLD, invpcid(InvalidationType.SINGLE_CONTEXT, 0, LOWEST_NOT_CANONICAL)));
  }

  @Test
  void invpcidThatIsNotOfferedIsNoInstruction() {
    World old = ExampleWorld.of(ExampleWorld.machine(0, 0));
    InvalidatePcid invalidate = invpcid(InvalidationType.ALL_CONTEXTS, 0, 0);
    assertEquals(
        List.of(INVALID, COMPLETED, INVALID),
        Seen.by(old, invalidate, new ChangePrivilege(CPU, 3), invalidate));
  }

  @Test
  void wrpkruNeedsProtectionKeysToBeOnAndNoPrivilege() {
    WriteProtectionKeyRights write = new WriteProtectionKeyRights(CPU, 4);
    ChangePrivilege toUser = new ChangePrivilege(CPU, 3);
    assertEquals(List.of(INVALID, COMPLETED, INVALID), Seen.by(WORLD, write, toUser, write));
    assertEquals(
        List.of(COMPLETED, COMPLETED, COMPLETED), Seen.by(world(PKE), write, toUser, write));
  }

  @Test
  void aProcessorWithoutACapabilityRefusesItsBit() {
    assertEquals(Profile.GENERIC_32, ExampleWorld.of().profile());
    World old = ExampleWorld.of(ExampleWorld.machine(0, 0));
    for (long bit : new long[] {ControlState.CR4_SMEP, ControlState.CR4_SMAP, PKE, PCIDE}) {
      assertEquals(
          List.of(PROTECTED), Seen.by(old, new WriteControl(CPU, ControlRegister.CR4, bit)));
    }
  }

  @Test
  void addressesOf32BitModesAreCut() {
    World old =
        ExampleWorld.of(
            ExampleWorld.machine(
                0, 0, ExampleWorld.entry(ExampleWorld.FRAME, ExampleWorld.SUPERVISOR)));
    long above = 0x5_0000_0000L;
    Seen seen = Seen.of(old, new Load(CPU, above + 8), new InvalidatePage(CPU, above + 8));
    assertEquals(List.of(Seen.tag(ExampleWorld.FRAME << 12 | 8), COMPLETED), seen.observations());
    assertEquals(8, ((Event.PageFault) seen.events().get(0)).access().address());
    assertEquals(new Event.InvalidatePage(CPU, 8), seen.events().get(1));
  }
}
