package io.vtlb.specs.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Invalidation.Scope;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must be forgotten, in SMT-LIB and in the model, is the same, point by point. */
class InvalidationAgreementTest {

  private static final int POINTS = 3000;
  private static final long SEED = 21;
  private static final List<InvalidationType> TYPES = List.of(InvalidationType.values());
  private static final int[] SIZES = {1, 512, 1024, 1 << 18};
  private static final String TRANSLATION =
      "(translation $first (ite (= $size #b00) size-4k (ite (= $size #b01) size-2m"
          + " (ite (= $size #b10) size-4m size-1g))) $first (rights true true true)"
          + " #x0 $t-pcid (= $global #b1) true)";
  private static final String BEFORE = "(control $b-cr0 $b-cr3 $b-cr4 $b-efer)";
  private static final String AFTER = "(control $a-cr0 $a-cr3 $a-cr4 $a-efer)";
  private static final String INVPCID =
      "(invpcid (ite (= $type #b00) one-address (ite (= $type #b01) one-context"
          + " (ite (= $type #b10) all-contexts all-but-globals))) $i-pcid $page)";

  private static Map<String, Integer> inputs() {
    Map<String, Integer> inputs = new LinkedHashMap<>(States.PROFILE_INPUTS);
    for (String register : List.of("cr0", "cr3", "cr4", "efer")) {
      inputs.put("b-" + register, 64);
      inputs.put("a-" + register, 64);
    }
    inputs.putAll(Map.of("first", 64, "at", 64, "page", 64, "size", 2, "type", 2));
    inputs.putAll(Map.of("t-pcid", 12, "i-pcid", 12, "global", 1, "keep", 1, "rights-lack", 1));
    return inputs;
  }

  private static String forgotten(String manipulation) {
    return "(must-forget %s $at %s %s %s %s)"
        .formatted(TRANSLATION, manipulation, BEFORE, AFTER, States.PROFILE);
  }

  private static Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("invlpg", forgotten("(invlpg $page)"));
    terms.put("invpcid", forgotten(INVPCID));
    terms.put("CR0", forgotten("write-cr0"));
    terms.put("CR3", forgotten("(write-cr3 (= $keep #b1))"));
    terms.put("CR4", forgotten("write-cr4"));
    terms.put("EFER", forgotten("write-efer"));
    terms.put(
        "fault",
        "(forgotten-at-delivery %s $at $page (= $rights-lack #b1) %s)"
            .formatted(TRANSLATION, BEFORE));
    return terms;
  }

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Map<String, Integer> obliged = new LinkedHashMap<>();
    try (PointEvaluator smt = new PointEvaluator(List.of("invalidation"), inputs(), terms())) {
      for (int number = 0; number < POINTS; number++) {
        Map<String, Long> point = new LinkedHashMap<>();
        Map<String, Boolean> expected = expected(states, point);
        String where = "seed " + SEED + ", point " + number + ": ";
        Map<String, Boolean> values = smt.at(point);
        expected.forEach(
            (name, value) -> assertEquals(value, values.get(name), where + name + point));
        expected.forEach((name, value) -> obliged.merge(name, value ? 1 : 0, Integer::sum));
      }
    }
    obliged.forEach((name, times) -> assertTrue(name.equals("EFER") || times > POINTS / 100, name));
  }

  private static Map<String, Boolean> expected(States states, Map<String, Long> point) {
    Profile profile = states.profile();
    ControlState before = states.control(0);
    ControlState after = states.control(0);
    PagingMode mode = PagingMode.of(before);
    int size = states.below(SIZES.length);
    long at = mode.canonicalPage(states.bits());
    long first = at & -SIZES[size];
    int pcid = states.chance(2, 3) ? before.pcid() : after.pcid();
    boolean global = states.chance(1, 3);
    Translation cached =
        new Translation(first, SIZES[size], first, WalkRights.ROOT, 0, pcid, global, true);
    long page =
        switch (states.below(4)) {
          case 0 -> at;
          case 1 -> first + states.below(SIZES[size]);
          case 2 -> at ^ 1L << 51;
          default -> mode.canonicalPage(states.bits());
        };
    int typeNumber = states.below(4);
    InvalidationType type = TYPES.get(typeNumber);
    int named = states.chance(2, 3) ? pcid : states.below(4096);
    boolean keep = states.chance(1, 2);
    boolean lack = states.chance(3, 4);
    States.put(point, profile);
    put(point, "b-", before);
    put(point, "a-", after);
    point.putAll(Map.of("first", first, "at", at, "page", page, "size", (long) size));
    point.putAll(Map.of("type", (long) typeNumber, "t-pcid", (long) pcid));
    point.putAll(Map.of("i-pcid", (long) named, "global", global ? 1L : 0L));
    point.putAll(
        Map.of("keep", keep && before.processContexts() ? 1L : 0L, "rights-lack", lack ? 1L : 0L));
    Map<String, Boolean> expected = new LinkedHashMap<>();
    boolean exists = mode.canonicalPage(page) == page;
    if (exists) {
      expected.put("invlpg", names(Invalidation.ofPage(page, before), cached, at));
      expected.put(
          "fault",
          names(
              lack
                  ? Invalidation.ofDeliveredFault(page, before)
                  : Invalidation.ofDeliveredWalkFault(page, before),
              cached,
              at));
    }
    expected.put("invpcid", names(Invalidation.ofPcid(type, named, page, before), cached, at));
    for (ControlRegister register : ControlRegister.values()) {
      long value = after.get(register);
      long written =
          register == ControlRegister.CR3 && keep ? value | ControlState.CR3_NO_FLUSH : value;
      Optional<Invalidation> obliged =
          Invalidation.ofControlWrite(
              new Event.ControlWrite(new Vcpu(0, 0), register, written, before, after), profile);
      expected.put(register.name(), obliged.isPresent() && names(obliged.get(), cached, at));
    }
    return expected;
  }

  private static void put(Map<String, Long> point, String prefix, ControlState control) {
    point.put(prefix + "cr0", control.cr0());
    point.put(prefix + "cr3", control.cr3());
    point.put(prefix + "cr4", control.cr4());
    point.put(prefix + "efer", control.efer());
  }

  /** Whether an invalidation, as the model states it, names what is cached for a page. */
  private static boolean names(Invalidation invalidation, Translation cached, long at) {
    boolean inScope =
        switch (invalidation.scope()) {
          case Scope.Everywhere() -> true;
          case Scope.OnePage(long page, boolean everyWalk, boolean allFragments) ->
              allFragments ? cached.covers(page) : page == at;
          case Scope.WalksTo(long page) -> false;
          case Scope.Nowhere() -> false;
        };
    boolean inContext = invalidation.contexts().include(cached.pcid());
    return inScope
        && switch (invalidation.globals()) {
          case KEPT -> inContext && !cached.global();
          case OF_CONTEXTS -> inContext;
          case ALL -> inContext || cached.global();
        };
  }
}
