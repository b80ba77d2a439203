package io.vtlb.model.monitor;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import java.util.EnumSet;
import java.util.Set;

/** What the monitor knows of one virtual CPU; changed only by {@link Monitor}. */
final class MonitoredVcpu {

  private static final Set<PrivilegeSet> ALL_SETS = EnumSet.allOf(PrivilegeSet.class);

  private final Vcpu name;
  private final AdmissibleTranslations admissible;
  private final ProcessorHoldings processor = new ProcessorHoldings();
  private final DroppedTranslations dropped = new DroppedTranslations();
  private final boolean privilegeIntercepted;
  private PrivilegeSet running;
  private ActiveContent content = ActiveContent.EMPTY;

  MonitoredVcpu(
      Vcpu name,
      AdmissibleTranslations admissible,
      PrivilegeSet running,
      boolean privilegeIntercepted) {
    this.name = name;
    this.admissible = admissible;
    this.running = running;
    this.privilegeIntercepted = privilegeIntercepted;
  }

  Vcpu name() {
    return name;
  }

  AdmissibleTranslations admissible() {
    return admissible;
  }

  ProcessorHoldings processor() {
    return processor;
  }

  DroppedTranslations dropped() {
    return dropped;
  }

  ActiveContent content() {
    return content;
  }

  void show(ActiveContent now) {
    content = now;
  }

  PrivilegeSet running() {
    return running;
  }

  void run(PrivilegeSet set) {
    running = set;
  }

  /**
   * The privilege sets whose content counts now: all, unless the target takes control at each
   * change of privilege and can bring the other set's content up to date then.
   */
  Set<PrivilegeSet> judgedSets() {
    return privilegeIntercepted ? EnumSet.of(running) : ALL_SETS;
  }
}
