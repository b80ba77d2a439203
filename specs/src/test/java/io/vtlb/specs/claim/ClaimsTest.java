package io.vtlb.specs.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private final List<Claim> claims = Claims.all();

  @Test
  void thereAreThirtyInOrder() {
    assertEquals(
        IntStream.rangeClosed(1, 30).boxed().toList(), claims.stream().map(Claim::number).toList());
  }

  @Test
  void everyClaimHasARule() {
    for (Claim claim : claims) {
      assertFalse(claim.rules().isEmpty(), "claim " + claim.number() + " has no rule");
    }
  }

  @Test
  void aClaimRefinesOnlyEarlierOnesOfItsForm() {
    for (Claim claim : claims) {
      for (int parent : claim.dependsOn()) {
        assertTrue(parent < claim.number());
        assertEquals(claim.form(), claims.get(parent - 1).form());
      }
    }
  }

  @Test
  void theIndependentClaimsAreOneOfEachForm() {
    assertEquals(
        List.of(1, 14, 24, 28),
        claims.stream().filter(claim -> claim.dependsOn().isEmpty()).map(Claim::number).toList());
  }

  @Test
  void theModuleIsNamed() {
    assertTrue(Claims.class.getModule().isNamed());
  }
}
