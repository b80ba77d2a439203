package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Mistakes in what the active structures hold, whatever events led there. */
final class EntryDeviation {

  private EntryDeviation() {}

  /** Something valid is left in a structure that was handed out without being cleared. */
  static Deviation startsInUse() {
    return new Deviation() {
      private final Set<Vcpu> used = new HashSet<>();

      @Override
      public Response handle(Event event, VirtualTlb right) {
        used.add(event.vcpu());
        return right.handle(event);
      }

      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        return used.contains(vcpu)
            ? right.activeEntries(vcpu, set)
            : List.of(new ActiveEntry(0, 1, 0, new AccessRights(true, true, true)));
      }
    };
  }

  /** User mode runs on what supervisors put into the structure, too. */
  static Deviation sharedBetweenPrivilegeSets() {
    return new Deviation() {
      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        List<ActiveEntry> all = new ArrayList<>(right.activeEntries(vcpu, set));
        if (set == PrivilegeSet.USER) {
          for (ActiveEntry entry : right.activeEntries(vcpu, PrivilegeSet.SUPERVISOR)) {
            if (all.stream().noneMatch(mine -> mine.covers(entry.page()))) {
              all.add(entry);
            }
          }
        }
        return all;
      }
    };
  }

  /**
   * One machine's CR0.WP=0 makes the supervisor entries of all the others writable, until their
   * next event.
   */
  static Deviation liftsProtectionEverywhere() {
    return new Deviation() {
      private final Set<Integer> machines = new HashSet<>();
      private final Set<Integer> lifted = new HashSet<>();

      @Override
      public VmBlueprint blueprint(VmBlueprint blueprint) {
        machines.add(blueprint.vm());
        return blueprint;
      }

      @Override
      public Response handle(Event event, VirtualTlb right) {
        if (Events.liftsWriteProtection(event)) {
          lifted.addAll(machines);
        }
        lifted.remove(event.vcpu().vm());
        return right.handle(event);
      }

      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        Collection<ActiveEntry> own = right.activeEntries(vcpu, set);
        return lifted.contains(vcpu.vm()) && set != PrivilegeSet.USER
            ? own.stream().map(EntryDeviation::writable).toList()
            : own;
      }
    };
  }

  /**
   * The write right is never granted.
   *
   * @param answer what is said all the same
   */
  static Deviation neverWritable(UnaryOperator<Response> answer) {
    return new Deviation() {
      @Override
      public Response handle(Event event, VirtualTlb right) {
        Response response = right.handle(event);
        return event instanceof Event.PageFault && Events.resumes(response)
            ? answer.apply(response)
            : response;
      }

      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        return right.activeEntries(vcpu, set).stream().map(EntryDeviation::readOnly).toList();
      }
    };
  }

  /** Supervisors are shown what EFLAGS.AC=1 lets them do, whatever EFLAGS.AC is. */
  static Deviation alignmentCheckOverlooked() {
    return new Deviation() {
      private final Set<Vcpu> withAc = new HashSet<>();

      @Override
      public VmBlueprint blueprint(VmBlueprint blueprint) {
        for (int index = 0; index < blueprint.vcpus().size(); index++) {
          see(new Vcpu(blueprint.vm(), index), blueprint.vcpus().get(index).control());
        }
        return blueprint;
      }

      private void see(Vcpu vcpu, ControlState control) {
        if (control.supervisorAccessPrevention()) {
          withAc.add(vcpu);
        } else {
          withAc.remove(vcpu);
        }
      }

      @Override
      public Response handle(Event event, VirtualTlb right) {
        if (event instanceof Event.ControlWrite write) {
          see(write.vcpu(), write.after());
        }
        return right.handle(event);
      }

      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        Collection<ActiveEntry> own = right.activeEntries(vcpu, set);
        if (set != PrivilegeSet.SUPERVISOR || !withAc.contains(vcpu)) {
          return own;
        }
        List<ActiveEntry> all =
            new ArrayList<>(right.activeEntries(vcpu, PrivilegeSet.SUPERVISOR_AC));
        for (ActiveEntry entry : own) {
          if (all.stream().noneMatch(wider -> wider.covers(entry.page()))) {
            all.add(entry);
          }
        }
        return all;
      }
    };
  }

  /** No entry has a protection key. */
  static Deviation withoutProtectionKeys() {
    return new Deviation() {
      @Override
      public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
        return right.activeEntries(vcpu, set).stream()
            .map(entry ->
                new ActiveEntry(entry.page(), entry.pages(), entry.hostFrame(), entry.rights()))
            .toList();
      }
    };
  }

  private static ActiveEntry writable(ActiveEntry entry) {
    return with(entry, new AccessRights(entry.rights().read(), true, entry.rights().execute()));
  }

  private static ActiveEntry readOnly(ActiveEntry entry) {
    return with(entry, new AccessRights(entry.rights().read(), false, entry.rights().execute()));
  }

  private static ActiveEntry with(ActiveEntry entry, AccessRights rights) {
    return new ActiveEntry(entry.page(), entry.pages(), entry.hostFrame(), rights, entry.key());
  }
}
