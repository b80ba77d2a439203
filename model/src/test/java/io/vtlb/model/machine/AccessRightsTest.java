package io.vtlb.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rights are compared right by right. */
class AccessRightsTest {

  private static final List<AccessRights> ALL = all();

  private static List<AccessRights> all() {
    List<AccessRights> all = new ArrayList<>();
    for (int bits = 0; bits < 8; bits++) {
      all.add(new AccessRights((bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0));
    }
    return all;
  }

  @Test
  void withinMeansThatTheLimitAllowsEverythingThatIsAllowed() {
    for (int mine = 0; mine < ALL.size(); mine++) {
      for (int limit = 0; limit < ALL.size(); limit++) {
        assertEquals((mine & ~limit) == 0, ALL.get(mine).within(ALL.get(limit)));
        assertEquals(ALL.get(mine & limit), ALL.get(mine).and(ALL.get(limit)));
      }
    }
  }

  @Test
  void noneAllowsNothing() {
    assertTrue(AccessRights.NONE.none());
    assertFalse(ALL.get(1).none());
    for (AccessKind kind : AccessKind.values()) {
      assertFalse(AccessRights.NONE.allow(kind));
      assertTrue(ALL.getLast().allow(kind));
    }
  }

  @Test
  void eachKindHasItsRight() {
    assertTrue(ALL.get(4).allow(AccessKind.LOAD));
    assertTrue(ALL.get(2).allow(AccessKind.STORE));
    assertTrue(ALL.get(1).allow(AccessKind.FETCH));
    assertFalse(ALL.get(3).allow(AccessKind.LOAD));
  }

  @Test
  void isWrittenAsThreeLetters() {
    assertEquals("---", AccessRights.NONE.toString());
    assertEquals("rwx", ALL.getLast().toString());
    assertEquals("-w-", ALL.get(2).toString());
  }
}
