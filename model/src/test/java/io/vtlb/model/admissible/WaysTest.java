package io.vtlb.model.admissible;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static io.vtlb.model.machine.AccessKind.FETCH;
import static io.vtlb.model.machine.AccessKind.LOAD;
import static io.vtlb.model.machine.AccessKind.STORE;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The ways of one access, a sentence of the definition at a time. */
class WaysTest {

  private static final int WRITE_DENIED = FaultCode.PRESENT | FaultCode.WRITE;

  private static final Profile PROMPT =
      new Profile("prompt", Vendor.INTEL, 40, Set.of(Capability.PSE36), false);

  private final CachedGuest cached = new CachedGuest();

  @Test
  void ifEveryWayPermitsItMustComplete() {
    cached.map(0, FRAME, "PWUAD");
    Ways ways = ways(STORE, USER);
    assertTrue(ways.allPermit());
    assertFalse(ways.allDeny());
    assertEquals(List.of(FRAME), ways.frames());
  }

  @Test
  void ifEveryWayDeniesItMustFault() {
    Ways ways = ways(LOAD, SUPERVISOR);
    assertTrue(ways.allDeny());
    assertFalse(ways.allPermit());
    assertTrue(ways.mayFault(new FaultCode(0)));
    assertFalse(ways.mayFault(new FaultCode(FaultCode.PRESENT)));
    assertEquals(List.of(), ways.frames());
  }

  @Test
  void betweenUnmappingAndTheFlushEitherIsRight() {
    cached.map(0, FRAME, "PWUAD").clear(TABLE, 0);
    assertEither(ways(LOAD, SUPERVISOR), 0);
    cached.invalidatePage(0);
    assertTrue(ways(LOAD, SUPERVISOR).allDeny());
  }

  @Test
  void betweenMovingAndTheFlushEitherFrameIsRight() {
    cached.map(0, FRAME, "PWUAD").map(0, OTHER_FRAME, "PWUAD");
    Ways ways = ways(LOAD, SUPERVISOR);
    assertTrue(ways.allPermit());
    assertEquals(Set.of(FRAME, OTHER_FRAME), Set.copyOf(ways.frames()));
  }

  @Test
  void whatWasNotPresentIsSeenWithoutAnyFlush() {
    cached.map(0, FRAME, "WUAD").map(0, FRAME, "PWUAD");
    assertTrue(ways(LOAD, SUPERVISOR).allPermit());
  }

  @Test
  void aStalePartialWalkAboveItMayHideWhatIsPresent() {
    cached.entry(OTHER_TABLE, 0, FRAME, "PWUAD").entry(ROOT, 0, OTHER_TABLE, "PWUA");
    Ways ways = ways(LOAD, SUPERVISOR);
    assertEither(ways, 0);
    assertEquals(Set.of(Way.Origin.CACHED_WALK), originsOfFaults(ways));
    cached.invalidatePage(0);
    assertTrue(ways(LOAD, SUPERVISOR).allPermit());
  }

  @Test
  void aWalkCompletesThoughAccessedIsClear() {
    cached.map(0, FRAME, "PWU");
    assertEquals(List.of(), cached.admissible().at(0));
    assertTrue(ways(STORE, USER).allPermit());
  }

  @Test
  void moreRightsMayCostASpuriousFaultIfTheProfileAdmitsIt() {
    cached.map(0, FRAME, "PUAD").map(0, FRAME, "PWUAD");
    Ways ways = ways(STORE, SUPERVISOR);
    assertEither(ways, WRITE_DENIED);
    assertEquals(Set.of(Way.Origin.TLB), originsOfFaults(ways));
    cached.deliverFault(0);
    assertTrue(ways(STORE, SUPERVISOR).allPermit());
  }

  @Test
  void moreRightsAreSeenAtOnceIfTheProfileAdmitsNoSpuriousFault() {
    CachedGuest prompt = new CachedGuest(PROMPT);
    prompt.map(0, FRAME, "PUAD").map(0, FRAME, "PWUAD");
    assertTrue(ways(prompt, access(STORE, SUPERVISOR)).allPermit());
  }

  @Test
  void norDoesAStalePartialWalkDenyThen() {
    CachedGuest prompt = new CachedGuest(PROMPT);
    prompt.entry(ROOT, 0, TABLE, "PUA").map(0, FRAME, "PWUAD");
    prompt.entry(ROOT, 0, TABLE, "PWUA");
    assertTrue(ways(prompt, access(STORE, SUPERVISOR)).allPermit());
    prompt.entry(OTHER_TABLE, 0, OTHER_FRAME, "PWUAD").entry(ROOT, 0, OTHER_TABLE, "PWUA");
    prompt.clear(TABLE, 0);
    assertTrue(ways(prompt, access(LOAD, SUPERVISOR)).allPermit());
  }

  @Test
  void aStalePartialWalkMayDenyInItsOwnWayWhatTheTablesDenyToo() {
    CachedGuest prompt = new CachedGuest(PROMPT);
    prompt.entry(ROOT, 0, TABLE, "PUA").map(0, FRAME, "PWUAD").clear(ROOT, 0);
    prompt.invalidatePage(0);
    prompt.entry(ROOT, 0, TABLE, "PUA").clear(ROOT, 0);
    Ways ways = ways(prompt, access(STORE, SUPERVISOR));
    assertTrue(ways.mayFault(new FaultCode(FaultCode.WRITE)));
    assertTrue(ways.mayFault(new FaultCode(WRITE_DENIED)));
  }

  @Test
  void fewerRightsMayNotBeSeenUntilTheFlush() {
    cached.map(0, FRAME, "PWUAD").map(0, FRAME, "PUAD");
    assertEither(ways(STORE, SUPERVISOR), WRITE_DENIED);
    cached.invalidatePage(0);
    assertTrue(ways(STORE, SUPERVISOR).allDeny());
  }

  @Test
  void aStoreThroughACleanTranslationWalksAgain() {
    cached.map(0, FRAME, "PWUA").map(0, OTHER_FRAME, "PWUA");
    assertEquals(List.of(OTHER_FRAME), ways(STORE, SUPERVISOR).frames());
    assertEquals(Set.of(FRAME, OTHER_FRAME), Set.copyOf(ways(LOAD, SUPERVISOR).frames()));
  }

  @Test
  void aStoreThroughACleanTranslationFaultsIfTheEntryIsGone() {
    cached.map(0, FRAME, "PWUA").clear(TABLE, 0);
    Ways ways = ways(STORE, SUPERVISOR);
    assertTrue(ways.allDeny());
    assertTrue(ways.mayFault(new FaultCode(FaultCode.WRITE)));
  }

  @Test
  void aStoreThroughADirtyTranslationNeedsNoWalk() {
    cached.map(0, FRAME, "PWUAD").clear(TABLE, 0);
    assertEither(ways(STORE, SUPERVISOR), FaultCode.WRITE);
  }

  @Test
  void permissionIsJudgedNowWithTheRightsOfThen() {
    cached.map(0, FRAME, "PAD");
    assertTrue(ways(STORE, SUPERVISOR).allDeny());
    cached.write(ControlRegister.CR0, ControlState.CR0_PG);
    assertTrue(ways(STORE, SUPERVISOR).allPermit());
    assertTrue(ways(STORE, USER).allDeny());
  }

  @Test
  void executionPreventionIsJudgedNowToo() {
    cached.map(0, FRAME, "PUAD");
    assertTrue(ways(FETCH, SUPERVISOR).allPermit());
    cached.write(
        ControlRegister.CR4, ControlState.CR4_PSE | ControlState.CR4_PGE | ControlState.CR4_SMEP);
    Ways ways = ways(FETCH, SUPERVISOR);
    assertTrue(ways.allDeny());
    assertTrue(ways.mayFault(new FaultCode(FaultCode.PRESENT | FaultCode.FETCH)));
  }

  @Test
  void aReservedBitFaultsOnlyByAWalk() {
    cached.entry(ROOT, 0, 0x600, "PWUAL");
    Ways ways = ways(LOAD, SUPERVISOR);
    assertTrue(ways.mayFault(new FaultCode(FaultCode.PRESENT | FaultCode.RESERVED)));
    assertTrue(ways.mayFault(new FaultCode(0)), "through the partial walk that is cached");
  }

  @Test
  void aPartialWalkOfAnotherRegionIsNoWay() {
    cached.entry(ROOT, 1, OTHER_TABLE, "PWUA").entry(OTHER_TABLE, 0, OTHER_FRAME, "PWUA");
    cached.map(0, FRAME, "PWUA");
    assertEquals(List.of(FRAME), ways(LOAD, SUPERVISOR).frames());
  }

  @Test
  void thereIsAlwaysTheWalkFromTheRoot() {
    cached.clear(ROOT, 0).invalidatePage(0);
    assertEquals(
        List.of(new Way.Faults(Way.Origin.WALK, new FaultCode(0))), ways(LOAD, SUPERVISOR).ways());
  }

  private Ways ways(AccessKind kind, PrivilegeSet set) {
    return ways(cached, access(kind, set));
  }

  private static Ways ways(CachedGuest guest, Access access) {
    return Ways.of(access, guest.admissible(), guest.walker(), guest.guest().memory());
  }

  private static Access access(AccessKind kind, PrivilegeSet set) {
    return new Access(0, kind, set);
  }

  private static void assertEither(Ways ways, int code) {
    assertFalse(ways.allPermit());
    assertFalse(ways.allDeny());
    assertTrue(ways.mayFault(new FaultCode(code)));
  }

  private static Set<Way.Origin> originsOfFaults(Ways ways) {
    return ways.ways().stream()
        .filter(way -> way instanceof Way.Faults)
        .map(Way::origin)
        .collect(Collectors.toSet());
  }
}
