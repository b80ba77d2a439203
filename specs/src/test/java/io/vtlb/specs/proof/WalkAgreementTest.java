package io.vtlb.specs.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Walk, permission and error code in SMT-LIB agree with the model's, point by point. */
class WalkAgreementTest {

  private static final int POINTS = 2000;
  private static final long SEED = 20;
  private static final List<AccessKind> KINDS = List.of(AccessKind.values());
  private static final List<PrivilegeSet> SETS = List.of(PrivilegeSet.values());
  private static final String CONTROL = "(control $cr0 $cr3 $cr4 $efer)";
  private static final String WALK =
      "(walk (entries $e5 $e4 $e3 $e2 $e1) $page %s %s)".formatted(CONTROL, States.PROFILE);
  private static final String ACCESS =
      "(access $page (ite (= $kind #b00) load (ite (= $kind #b01) store fetch))"
          + " (ite (= $set #b00) supervisor (ite (= $set #b01) user supervisor-ac)) $keys)";

  /** Where a walk ended: the kinds that a run must have met. */
  private enum Met {
    NOT_PRESENT,
    RESERVED,
    PERMITTED,
    DENIED
  }

  private static Map<String, Integer> inputs() {
    Map<String, Integer> inputs = new LinkedHashMap<>(States.PROFILE_INPUTS);
    for (String name :
        List.of("e5", "e4", "e3", "e2", "e1", "page", "cr0", "cr3", "cr4", "efer", "x-frame")) {
      inputs.put(name, 64);
    }
    inputs.putAll(Map.of("kind", 2, "set", 2, "keys", 32, "x-code", 6, "x-key", 4, "x-pcid", 12));
    return inputs;
  }

  private static Map<String, String> terms() {
    String reached = "(reached " + WALK + ")";
    String found = "(evaluate %s %s %s)".formatted(WALK, ACCESS, CONTROL);
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("not present", "((_ is ends-not-present) " + WALK + ")");
    terms.put("reserved", "((_ is ends-reserved) " + WALK + ")");
    terms.put("reached", "((_ is ends-reached) " + WALK + ")");
    terms.put("accessed", "(accessed " + WALK + ")");
    terms.put("covers", "(covers " + reached + " $page)");
    terms.put("frame", "(= $x-frame (frame-of " + reached + " $page))");
    terms.put("writable", "(writable (rights-of " + reached + "))");
    terms.put("user", "(user-accessible (rights-of " + reached + "))");
    terms.put("executable", "(executable (rights-of " + reached + "))");
    terms.put("global", "(global " + reached + ")");
    terms.put("dirty", "(dirty " + reached + ")");
    terms.put("key", "(= $x-key (key " + reached + "))");
    terms.put("pcid", "(= $x-pcid (pcid " + reached + "))");
    terms.put("permitted", "((_ is permitted) " + found + ")");
    terms.put("code", "(= $x-code (code " + found + "))");
    return terms;
  }

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Map<Met, Integer> met = new EnumMap<>(Met.class);
    try (PointEvaluator smt = new PointEvaluator(List.of("evaluation"), inputs(), terms())) {
      for (int number = 0; number < POINTS; number++) {
        compare(states, smt, met, "seed " + SEED + ", point " + number);
      }
    }
    for (Met kind : Met.values()) {
      assertTrue(met.getOrDefault(kind, 0) > POINTS / 50, met.toString());
    }
  }

  private static void compare(
      States states, PointEvaluator smt, Map<Met, Integer> met, String where) {
    Profile profile = states.profile();
    long pdpte = states.entry();
    ControlState control = states.control(pdpte);
    PagingMode mode = PagingMode.of(control);
    long mask = mode.format().bytes() == 4 ? 0xFFFF_FFFFL : -1L;
    long page = mode.canonicalPage(states.bits());
    Access access = states.access(page);
    Map<String, Long> point = new LinkedHashMap<>();
    Deque<Long> memory = new ArrayDeque<>();
    for (int level = 5; level >= 1; level--) {
      boolean register = mode.equals(PagingMode.PAE) && level == 3;
      long entry = register ? pdpte : states.entry() & mask;
      point.put("e" + level, entry);
      if (level <= mode.levels().size() && !register) {
        memory.add(entry);
      }
    }
    GuestWalk walk = new Walker(profile).walk(new InOrder(memory), control, page);
    point.putAll(Map.of("cr0", control.cr0(), "cr3", control.cr3(), "cr4", control.cr4()));
    point.putAll(Map.of("efer", control.efer(), "page", page));
    point.putAll(
        Map.of(
            "kind", (long) KINDS.indexOf(access.kind()),
            "set", (long) SETS.indexOf(access.set()),
            "keys", (long) access.pkru()));
    States.put(point, profile);
    Map<String, Boolean> expected = expected(walk, access, control, point, met);
    Map<String, Boolean> values = smt.at(point);
    expected.forEach(
        (name, value) -> assertEquals(value, values.get(name), where + ": " + name + " " + walk));
  }

  private static Map<String, Boolean> expected(
      GuestWalk walk,
      Access access,
      ControlState control,
      Map<String, Long> point,
      Map<Met, Integer> met) {
    Map<String, Boolean> expected = new LinkedHashMap<>();
    FaultCode code =
        switch (walk.end()) {
          case GuestWalk.End.NotPresent() -> {
            met.merge(Met.NOT_PRESENT, 1, Integer::sum);
            yield Permission.notPresent(access, control);
          }
          case GuestWalk.End.Reserved() -> {
            met.merge(Met.RESERVED, 1, Integer::sum);
            yield Permission.reserved(access, control);
          }
          case GuestWalk.End.Reached(Translation found) -> {
            boolean permitted = Permission.permits(found, access, control);
            met.merge(permitted ? Met.PERMITTED : Met.DENIED, 1, Integer::sum);
            expect(expected, walk, found);
            expected.put("permitted", permitted);
            yield Permission.denied(found, access, control);
          }
        };
    Translation found =
        walk.end() instanceof GuestWalk.End.Reached(Translation translation)
            ? translation
            : Translation.identity(access.page());
    point.put("x-frame", found.frame(access.page()));
    point.put("x-key", (long) found.key());
    point.put("x-pcid", (long) found.pcid());
    point.put("x-code", (long) code.bits());
    expected.put("not present", walk.end() instanceof GuestWalk.End.NotPresent);
    expected.put("reserved", walk.end() instanceof GuestWalk.End.Reserved);
    expected.put("reached", walk.end() instanceof GuestWalk.End.Reached);
    if (!expected.getOrDefault("permitted", false)) {
      expected.put("code", true);
    }
    return expected;
  }

  private static void expect(Map<String, Boolean> expected, GuestWalk walk, Translation found) {
    expected.put(
        "accessed",
        walk.steps().stream()
            .allMatch(
                step -> !step.level().inMemory() || (step.entry() & EntryBits.ACCESSED) != 0));
    expected.put("covers", true);
    expected.put("frame", true);
    expected.put("key", true);
    expected.put("pcid", true);
    expected.put("writable", found.rights().writable());
    expected.put("user", found.rights().user());
    expected.put("executable", found.rights().executable());
    expected.put("global", found.global());
    expected.put("dirty", found.dirty());
  }

  /** Gives a walk its entries in the order in which it asks, whatever their addresses. */
  private record InOrder(Deque<Long> entries) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return entries.remove();
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      throw new UnsupportedOperationException();
    }
  }
}
