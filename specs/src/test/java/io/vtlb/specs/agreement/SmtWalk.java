package io.vtlb.specs.agreement;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.specs.evaluation.Constructor;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A walk by the definitions alone: each entry is read where they say that it lies.
 *
 * @param entries the entries read, 0 where none is
 * @param addresses where the entries read lie in guest memory, in the order in which they are read
 * @param above the walk before each level's entry, from level 5 down
 * @param end where the walk has come to
 */
record SmtWalk(Value entries, List<Long> addresses, List<Value> above, Value end) {

  static final int LEVELS = 5;

  private static final Function MODE_OF = Smt.function("mode-of");
  private static final Function LEVELS_OF = Smt.function("levels");
  private static final Function IN_REGISTERS = Smt.function("in-registers");
  private static final Function ENTRY_INDEX = Smt.function("entry-index");
  private static final Function ENTRY_ADDRESS = Smt.function("entry-address");
  private static final Function WALK_STARTS = Smt.function("walk-starts");
  private static final Function WALK_STEP = Smt.function("walk-step");
  private static final Function IDENTITY = Smt.function("identity");
  private static final Constructor ENTRIES = Smt.constructor("entries");
  private static final Constructor ENDS_REACHED = Smt.constructor("ends-reached");
  private static final Constructor ON_ITS_WAY = Smt.constructor("on-its-way");
  private static final Value TWO_LEVEL = Smt.constant("two-level");

  static SmtWalk of(GuestMemory memory, ControlState control, Value profile, long page) {
    Value registers = Smt.control(control);
    Value mode = MODE_OF.apply(registers);
    Value linear = Smt.bits(page);
    long levels = LEVELS_OF.apply(mode).bits();
    Value[] entries = new Value[LEVELS];
    List<Long> addresses = new ArrayList<>(LEVELS);
    List<Value> above = new ArrayList<>(LEVELS);
    Value so = WALK_STARTS.apply(registers);
    for (int number = LEVELS; number >= 1; number--) {
      Value level = Smt.bits(number);
      long entry = 0;
      if (number <= levels && so.constructorName().equals(ON_ITS_WAY.name())) {
        if (IN_REGISTERS.apply(mode, level).isTrue()) {
          entry = control.pdptes().get((int) ENTRY_INDEX.apply(linear, level, mode).bits());
        } else {
          Value table = ((Value.Datum) so).field("next-table");
          long address = ENTRY_ADDRESS.apply(table, linear, level, mode).bits();
          addresses.add(address);
          entry = memory.read(address, mode.equals(TWO_LEVEL) ? 4 : 8);
        }
      }
      entries[LEVELS - number] = Smt.bits(entry);
      above.add(so);
      so = WALK_STEP.apply(so, Smt.bits(entry), linear, level, mode, registers, profile);
    }
    // The definition of a whole walk has this case, too: WalkAgreementTest compares the two.
    Value end = levels == 0 ? ENDS_REACHED.of(IDENTITY.apply(linear), Smt.truth(true)) : so;
    return new SmtWalk(ENTRIES.of(entries), addresses, above, end);
  }
}
