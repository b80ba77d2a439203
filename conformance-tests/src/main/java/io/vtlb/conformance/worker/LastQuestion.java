package io.vtlb.conformance.worker;

import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.trace.World;
import java.util.List;

/** What a target was asked last, as the number that a worker notes. */
public final class LastQuestion {

  /** Something that is known from the operation under way. */
  public static final int OPERATION = 0;

  /** An event. */
  public static final int EVENT = 1;

  private static final List<PrivilegeSet> SETS = List.of(PrivilegeSet.values());
  private static final int CREATE = 2;
  private static final int ENTRIES = 3;
  private static final int PLACE_BITS = 8;
  private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

  private LastQuestion() {}

  /** To create a machine. */
  public static int create(int vm) {
    return number(CREATE, vm, 0, 0);
  }

  /** For its entries. */
  public static int entries(Vcpu vcpu, PrivilegeSet set) {
    return number(ENTRIES, vcpu.vm(), vcpu.index(), SETS.indexOf(set));
  }

  private static int number(int kind, int vm, int vcpu, int set) {
    return (((((set << PLACE_BITS) | vcpu) << PLACE_BITS) | vm) << PLACE_BITS) | kind;
  }

  private static int place(int number, int index) {
    return (number >>> (index * PLACE_BITS)) & PLACE_MASK;
  }

  /**
   * Tells a listener that was told the operations; nothing where the number makes no sense, since a
   * target may write where it is noted.
   *
   * @param world where the sequence takes place
   * @param eventIsTold true if the listener was told the events, too
   */
  static void tell(int number, World world, boolean eventIsTold, StepListener listener) {
    int kind = place(number, 0);
    int vm = place(number, 1);
    boolean isThere = vm < world.machines().size();
    if (kind == EVENT && !eventIsTold) {
      listener.lost();
    } else if (kind == CREATE && isThere) {
      listener.creating(vm);
    } else if (kind == ENTRIES && isThere) {
      int vcpu = place(number, 2) % world.machines().get(vm).vcpus().size();
      listener.looking(new Vcpu(vm, vcpu), SETS.get(place(number, 3) % SETS.size()));
    }
  }
}
