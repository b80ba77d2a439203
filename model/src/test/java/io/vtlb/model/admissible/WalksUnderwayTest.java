package io.vtlb.model.admissible;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_TABLE;
import static io.vtlb.model.guest.ExampleGuest.ROOT;
import static io.vtlb.model.guest.ExampleGuest.TABLE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults of walks under which memory changes, with and without spurious ones. */
class WalksUnderwayTest {

  private static final Profile PROMPT =
      new Profile("prompt", Vendor.INTEL, 40, Set.of(Capability.PSE36), false);
  private static final FaultCode NOT_PRESENT = new FaultCode(0);

  @Test
  void aWalkFromACachedPartialWalkIsSpuriousAsAnyOther() {
    assertFalse(waysWithAStaleTable(PROMPT).mayFault(NOT_PRESENT));
    assertTrue(waysWithAStaleTable(Profile.GENERIC_32).mayFault(NOT_PRESENT));
  }

  @Test
  void aWalkFromTheRootThatReadAnEntryBeforeItChangedIsNotSpurious() {
    CachedGuest cached = new CachedGuest(PROMPT);
    WalksUnderway walks = underway(cached);
    walks.advance();
    cached.entry(OTHER_TABLE, 0, FRAME, "PWUAD").entry(ROOT, 0, OTHER_TABLE, "PWUA");
    assertTrue(walks.ways().mayFault(NOT_PRESENT));
  }

  /** The directory leads to a table that maps the page, and led to one that does not. */
  private static Ways waysWithAStaleTable(Profile profile) {
    CachedGuest cached = new CachedGuest(profile);
    cached.entry(OTHER_TABLE, 0, FRAME, "PWUAD").entry(ROOT, 0, OTHER_TABLE, "PWUA");
    cached.clear(TABLE, 0);
    WalksUnderway walks = underway(cached);
    walks.advance();
    return walks.ways();
  }

  private static WalksUnderway underway(CachedGuest cached) {
    Access load = new Access(0, AccessKind.LOAD, PrivilegeSet.SUPERVISOR);
    return new WalksUnderway(load, cached.admissible(), cached.walker(), cached.guest().memory());
  }
}
