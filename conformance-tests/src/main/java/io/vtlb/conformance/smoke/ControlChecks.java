package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Check.Part;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation.ChangePrivilege;
import io.vtlb.model.operation.GuestOperation.InvalidatePcid;
import io.vtlb.model.operation.GuestOperation.Load;
import io.vtlb.model.operation.GuestOperation.WriteControl;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.ArrayList;
import java.util.List;

/** What a virtual TLB is asked when the guest's control state changes, or its privilege. */
final class ControlChecks {

  private static final Vcpu CPU = new Vcpu(0, 0);
  private static final Message CONTROL_WRITE = Message.event("control-write");

  private ControlChecks() {}

  static List<Check> of(SmallGuest guest, Description target) {
    List<Check> checks = new ArrayList<>(controls(guest));
    checks.add(contexts(target));
    checks.add(privilege(guest));
    return checks;
  }

  private static List<Check> controls(SmallGuest guest) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            new Part(
                CONTROL_WRITE,
                "CR3: other tables are loaded",
                "The state is now what 'after' says. Entries of the old tables are gone (none is"
                    + " global), and processors drop everything."),
            guest.world(1, 1),
            new Load(CPU, guest.data()),
            new WriteControl(CPU, ControlRegister.CR3, guest.otherRoot()),
            new Load(CPU, guest.data())));
    checks.add(
        Check.of(
            new Part(
                CONTROL_WRITE,
                "CR0: WP is cleared",
                "The state is now what 'after' says; no entry grants more than it did."),
            guest.world(1, 1),
            new Load(CPU, guest.data()),
            new WriteControl(
                CPU,
                ControlRegister.CR0,
                ControlState.CR0_PE | (guest.hasTables() ? ControlState.CR0_PG : 0)),
            new Load(CPU, guest.data())));
    return checks;
  }

  private static Check contexts(Description target) {
    boolean onlyFive = target.serves(Paging.FIVE_LEVEL) && !target.serves(Paging.FOUR_LEVEL);
    SmallGuest guest = new SmallGuest(onlyFive ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL);
    long cr4 =
        ControlState.CR4_PAE | ControlState.CR4_PCIDE | (onlyFive ? ControlState.CR4_LA57 : 0);
    return Check.of(
        new Part(
            Message.event("invpcid"),
            "every PCID, after a page was mapped elsewhere",
            "What the type of INVPCID covers is forgotten, also under PCIDs that are not loaded;"
                + " processors drop it."),
        guest.world(1, 1),
        new WriteControl(CPU, ControlRegister.CR4, cr4),
        new Load(CPU, guest.data()),
        guest.remap(CPU),
        new InvalidatePcid(CPU, InvalidationType.ALL_CONTEXTS, 0, 0),
        new Load(CPU, guest.data()));
  }

  private static Check privilege(SmallGuest guest) {
    return Check.of(
            new Part(
                Message.event("privilege-change"),
                "from CPL 0 to CPL 3",
                "The privilege set changes; each set has entries of its own, and none is added or"
                    + " widened."),
            guest.world(1, 1),
            new Load(CPU, guest.data()),
            new ChangePrivilege(CPU, 3),
            new Load(CPU, guest.data()))
        .onlyIf(Feature.INTERCEPTS_PRIVILEGE_CHANGES);
  }
}
