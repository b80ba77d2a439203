package io.vtlb.implementation;

import static io.vtlb.implementation.Answers.assertDropsNothing;
import static io.vtlb.implementation.Answers.assertReport;
import static io.vtlb.model.event.EventCause.PRIVILEGE_CHANGE_WITHIN_SET;
import static io.vtlb.model.event.EventCause.PRIVILEGE_SET_CHANGE;

import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import org.junit.jupiter.api.Test;

/** Only a change between CPL 3 and the rest matters to page-based protection (claim 13). */
class PrivilegeChangeTest {

  private final Guest guest = new Guest();

  @Test
  void enteringAndLeavingUserModeChangesTheSet() {
    assertReport(PRIVILEGE_SET_CHANGE, ResyncKind.NONE, guest.privilege(0, 3));
    assertReport(PRIVILEGE_SET_CHANGE, ResyncKind.NONE, guest.privilege(3, 2));
  }

  @Test
  void levelsZeroToTwoAreOneSet() {
    Response response = guest.privilege(0, 2);
    assertReport(PRIVILEGE_CHANGE_WITHIN_SET, ResyncKind.NONE, response);
    assertDropsNothing(response);
  }
}
