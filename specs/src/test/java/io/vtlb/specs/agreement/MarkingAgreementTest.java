package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bits that are set in guest memory for a fault: what the reference VMM leaves there is what
 * the definitions say, whether by entries, by stores to memory, or by what the walk then comes to.
 *
 * <p>Nothing is behind any frame: bits are set before that is looked at.
 */
class MarkingAgreementTest {

  private static final int POINTS = 100_000;
  private static final long SEED = 27;
  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Function EVALUATE = Smt.function("evaluate");
  private static final Function UPDATE_OF = Smt.function("update-of");
  private static final Function IS_MARKING = Smt.function("is-marking");
  private static final Function APPLY_UPDATE = Smt.function("apply-update");
  private static final Function MARK = Smt.function("mark");
  private static final Function MARKED = Smt.function("marked");
  private static final Function MODE_OF = Smt.function("mode-of");

  @Test
  void theyAgreeAtRandomPoints() {
    States states = new States(SEED);
    Met met = new Met();
    int compared = 0;
    for (int number = 0; compared < POINTS; number++) {
      compared += compare(states, met, "seed " + SEED + ", point " + number) ? 1 : 0;
    }
    met.require(POINTS / 10, "store", "changes memory", "denied");
    PagingMode.ALL.forEach(mode -> met.require(POINTS / 50, mode.name()));
  }

  /** True if the access is permitted, so that bits are set. */
  private static boolean compare(States states, Met met, String where) {
    Profile profile = states.profile();
    ControlState control = states.control();
    PagingMode mode = PagingMode.of(control);
    long page = mode.canonicalPage(states.bits());
    Access access = states.access(page);
    RandomMemory memory = new RandomMemory(states);
    SmtWalk walk = SmtWalk.of(memory, control, Smt.profile(profile), page);
    boolean permitted =
        EVALUATE
            .apply(walk.end(), Smt.access(access), Smt.control(control))
            .constructorName()
            .equals("permitted");
    Value expected = Value.Mapping.of(Smt.bits(0));
    for (long address : walk.addresses()) {
      Value entry = Smt.bits(memory.read(address, mode.format().bytes()));
      expected = ((Value.Mapping) expected).store(Smt.bits(address), entry);
    }
    Value before = expected;
    if (permitted) {
      expected = updated(expected, walk, access, control);
    }

    ReferenceVmm vmm = new ReferenceVmm();
    vmm.create(
        new VmBlueprint(
            0, List.of(new VmBlueprint.VcpuState(control, 0)), new HostMap(List.of()), profile),
        memory);
    vmm.handle(new Event.PageFault(CPU, access, new FaultCode(0), 0));

    for (long address : walk.addresses()) {
      assertEquals(
          ((Value.Mapping) expected).select(Smt.bits(address)),
          Smt.bits(memory.read(address, mode.format().bytes())),
          where);
    }
    if (permitted) {
      SmtWalk again = SmtWalk.of(memory, control, Smt.profile(profile), page);
      compareMarked(walk, again, access, control, profile, where);
      met.add(mode.name());
      met.add(access.isStore() ? "store" : "load or fetch");
    } else {
      met.add("denied");
    }
    met.add(expected.equals(before) ? "changes nothing" : "changes memory");
    return permitted;
  }

  /** Memory after the update of each level. */
  private static Value updated(Value memory, SmtWalk walk, Access access, ControlState control) {
    Value so = memory;
    Value stores = Smt.truth(access.isStore());
    for (int number = 0; number < SmtWalk.LEVELS; number++) {
      boolean last =
          number == SmtWalk.LEVELS - 1
              || !walk.above().get(number + 1).constructorName().equals("on-its-way");
      Value update =
          UPDATE_OF.apply(
              walk.above().get(number),
              Smt.truth(last),
              stores,
              Smt.bits(access.page()),
              Smt.bits(SmtWalk.LEVELS - number),
              MODE_OF.apply(Smt.control(control)));
      assertTrue(IS_MARKING.apply(update, stores).isTrue());
      so = APPLY_UPDATE.apply(so, update);
    }
    return so;
  }

  private static void compareMarked(
      SmtWalk walk,
      SmtWalk again,
      Access access,
      ControlState control,
      Profile profile,
      String where) {
    Value stores = Smt.truth(access.isStore());
    assertEquals(MARKED.apply(walk.end(), stores), again.end(), where);
    // An entry that is read on two levels is marked as each of them says.
    if (new HashSet<>(walk.addresses()).size() == walk.addresses().size()) {
      assertEquals(
          MARK.apply(
              walk.entries(),
              Smt.bits(access.page()),
              stores,
              Smt.control(control),
              Smt.profile(profile)),
          again.entries(),
          where);
    }
  }
}
