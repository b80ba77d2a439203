package io.vtlb.model.monitor;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the monitor knows of one virtual CPU; changed only by {@link Monitor}. */
final class MonitoredVcpu {

  private static final Set<PrivilegeSet> ALL_SETS = EnumSet.allOf(PrivilegeSet.class);
  private static final Set<PrivilegeSet> WITHOUT_AC =
      EnumSet.of(PrivilegeSet.SUPERVISOR, PrivilegeSet.USER);
  private static final Set<PrivilegeSet> SUPERVISORS =
      EnumSet.of(PrivilegeSet.SUPERVISOR, PrivilegeSet.SUPERVISOR_AC);
  private static final Set<PrivilegeSet> SUPERVISOR_ONLY = EnumSet.of(PrivilegeSet.SUPERVISOR);
  private static final Set<PrivilegeSet> USER_ONLY = EnumSet.of(PrivilegeSet.USER);

  private final Vcpu name;
  private final AdmissibleTranslations admissible;
  private final ProcessorHoldings processor = new ProcessorHoldings();
  private final DroppedTranslations dropped = new DroppedTranslations();
  private final boolean privilegeIntercepted;
  private PrivilegeSet running;
  private ActiveContent content = ActiveContent.EMPTY;
  private @Nullable Set<PrivilegeSet> settledSets;
  private long settledAt;

  /** What was shown under each PCID when it was left; the loaded one's is not here. */
  private final Map<Integer, ActiveContent> waiting = new HashMap<>();

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

  /**
   * Notes that all content shown last, and all that the processor holds, was found admissible for
   * the sets judged now.
   */
  void settle() {
    settledSets = judgedSets();
    settledAt = admissible.losses();
  }

  /** Notes that content was shown that nobody has judged yet. */
  void unsettle() {
    settledSets = null;
  }

  /** True if what was found admissible at the last judgement still is. */
  boolean isSettled() {
    return judgedSets().equals(settledSets) && settledAt == admissible.losses();
  }

  /**
   * Another PCID is loaded.
   *
   * @return what was shown under that one when it was left
   */
  ActiveContent changeContext(int left, int loaded) {
    waiting.put(left, content);
    ActiveContent kept = waiting.remove(loaded);
    return kept == null ? ActiveContent.EMPTY : kept;
  }

  PrivilegeSet running() {
    return running;
  }

  void run(PrivilegeSet set) {
    running = set;
  }

  /**
   * The privilege sets whose content counts now: all, unless the target takes control at each
   * change of privilege and can bring the other levels' content up to date then. EFLAGS.AC nobody
   * can intercept, so the sets that it chooses between always count together.
   */
  Set<PrivilegeSet> judgedSets() {
    boolean withAc = PrivilegeSet.SUPERVISOR_AC.exists(admissible.control());
    if (!privilegeIntercepted) {
      return withAc ? ALL_SETS : WITHOUT_AC;
    }
    return running == PrivilegeSet.USER ? USER_ONLY : withAc ? SUPERVISORS : SUPERVISOR_ONLY;
  }
}
