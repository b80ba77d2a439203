package io.vtlb.model.rule;

import io.vtlb.model.target.ObservationLevel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every rule that a virtual TLB is judged by, in the order of reports.
 *
 * <p>Ids are public and keep their meaning. Claims are the numbers of the method's 30 claims;
 * sections are those of the Intel SDM, volume 3, where the rule leans on the architecture.
 */
public enum Rule {
  INIT_1(
      "INIT-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(10),
      "SDM vol. 3, 4.10.2 (a TLB starts with nothing)",
      "The active structures of a new virtual machine hold no valid entry.",
      "An empty TLB is the one state in which nothing can be wrong yet; "
          + "whatever else the machine does starts there.",
      "whether structures are cleared when they are allocated, and whether a "
          + "pool hands out used ones"),
  DERIVE_1(
      "DERIVE-1",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(1, 2, 14, 15, 24, 28),
      "SDM vol. 3, 4.3 and 4.10.2",
      "A valid active entry maps to the host frame behind an admissible guest "
          + "translation of its page.",
      "What the guest reaches through the virtual TLB must be what some TLB "
          + "could have cached from its own tables.",
      "address arithmetic of large pages (offset, PSE-36 bits), which root was "
          + "walked, and entries reused for another table"),
  DERIVE_2(
      "DERIVE-2",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(1, 12, 14, 23, 27),
      "SDM vol. 3, 4.6",
      "The rights of an active entry are no more than its guest translation "
          + "grants to that privilege set.",
      "Each right is the AND over the whole walk, read under the control state "
          + "of now; one right too many is a hole in the guest's protection.",
      "whether rights are combined over all levels, CR0.WP, and entries that "
          + "survive a change of control state"),
  DERIVE_3(
      "DERIVE-3",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(1, 2),
      "SDM vol. 3, 4.8",
      "An active entry grants writes only if its guest translation was cached " + "with D=1.",
      "If the first write does not trap, nobody sets the guest's dirty bit, and "
          + "the guest loses data when it believes the page clean.",
      "entries installed for a load or fetch, and whether they withhold the "
          + "write right while D=0"),
  ISOLATE_1(
      "ISOLATE-1",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(11, 22, 26),
      "-",
      "The host frame of an active entry belongs to the same virtual machine.",
      "A guest that reaches a frame of another guest is an escape.",
      "whether the host map, the structures and the processor's tags are looked "
          + "up by machine"),
  ISOLATE_2(
      "ISOLATE-2",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(11, 22, 26),
      "-",
      "An event of one virtual machine adds or changes no active entry of " + "another.",
      "Structures are kept for each machine; only dropping, to reuse room, may "
          + "cross that line.",
      "loops over structures that forget to filter by machine"),
  PRIV_1(
      "PRIV-1",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(12, 23, 27),
      "SDM vol. 3, 4.6",
      "Each privilege set has active content of its own: user mode never "
          + "reaches what only supervisors may.",
      "Page-based protection tells the sets apart, so one resolved entry cannot " + "serve both.",
      "which privilege set an entry was installed for, and whether a structure "
          + "is shared between sets"),
  PRIV_2(
      "PRIV-2",
      Severity.MUST,
      ObservationLevel.SELF_REPORTING,
      List.of(13),
      "SDM vol. 3, 4.6",
      "A change of privilege is found to affect page-based protection if and "
          + "only if the privilege set changes; if not, it adds and widens nothing.",
      "CPL 0, 1 and 2 are one set: treating them as different is waste, "
          + "treating CPL 3 as the same is a hole.",
      "the comparison of old and new level"),
  EVENT_1(
      "EVENT-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(3, 16, 25, 29, 30),
      "-",
      "Every intercepted event is answered, in a way that fits it, and "
          + "classified exactly once.",
      "A VMM that has control over an event must find its cause and give " + "control back.",
      "events that fall through a switch, and responses that do not belong to "
          + "the kind of event"),
  EVENT_2(
      "EVENT-2",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(7, 9, 21),
      "SDM vol. 3, 4.7",
      "A page fault that every admissible way of the access denies is handed to "
          + "the guest, not resolved.",
      "The guest relies on its own faults: demand paging and copy-on-write stop "
          + "working without them.",
      "the walk of the guest's structure in the fault handler: does it apply "
          + "the same checks as the processor"),
  EVENT_3(
      "EVENT-3",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(7),
      "SDM vol. 3, 4.7",
      "A page fault handed to the guest has an architectural error code and address; what it adds "
          + "or widens matches the guest's and is of the fault's page, or the target declares "
          + "prefetch, sharing or recycling.",
      "The guest's handler decides by the code; the one of the walk of the "
          + "active structure says something else.",
      "whether the code is computed from the guest's walk or copied from the "
          + "event, and RSVD with P=0"),
  EVENT_4(
      "EVENT-4",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(4, 9, 17),
      "SDM vol. 3, 4.7",
      "A page fault that the guest would not have had alone is resolved, unseen " + "by the guest.",
      "The active structure is the VMM's secret: faults that only it provokes "
          + "must not be delivered.",
      "the test that separates guest faults from missing active entries, and "
          + "what counts as a device"),
  EVENT_5(
      "EVENT-5",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(8, 20),
      "SDM vol. 3, 4.10.4.1",
      "An attempt to manipulate the TLB is recognised as such, and the guest goes on after "
          + "it; what takes effect on the active structure is judged by the rule of its row.",
      "INVLPG and the invalidating control-register writes are how a guest "
          + "tells its TLB that it changed its tables.",
      "which register writes are treated as TLB manipulation"),
  EVENT_6(
      "EVENT-6",
      Severity.MUST,
      ObservationLevel.SELF_REPORTING,
      List.of(3, 4, 13, 17),
      "-",
      "The cause that a target reports is among those that the model finds for the event, "
          + "and no resync is reported only where nothing was added or widened.",
      "A wrong cause that happens to lead to the right answer today leads to a "
          + "wrong one tomorrow.",
      "the order in which causes are tested for"),
  PARTIAL_1(
      "PARTIAL-1",
      Severity.MUST,
      ObservationLevel.SELF_REPORTING,
      List.of(5, 18, 29),
      "-",
      "After a partial resync the entries associated with the event match the "
          + "guest's, and the access is permitted or emulated.",
      "That is what a partial resync is for; if it misses, the guest faults "
          + "again for the same reason.",
      "whether the entry is written for the right page, privilege set and " + "rights"),
  PARTIAL_2(
      "PARTIAL-2",
      Severity.MUST,
      ObservationLevel.SELF_REPORTING,
      List.of(5, 18, 29),
      "-",
      "Elsewhere a partial resync only drops entries, withholds rights or installs matching "
          + "ones; a target that declares no prefetch, sharing or recycling adds and drops "
          + "nothing elsewhere.",
      "Touching unrelated entries hides mistakes and costs the guest its " + "translations.",
      "masks and ranges in the code that selects entries, or a prefetch that "
          + "should be declared"),
  FULL_1(
      "FULL-1",
      Severity.MUST,
      ObservationLevel.SELF_REPORTING,
      List.of(6, 19, 30),
      "-",
      "After a full resync every valid active entry matches the guest's.",
      "A full resync compares everything, so nothing stale is left to be found "
          + "later, global or not.",
      "entries that the comparison skips: large pages, global pages, other " + "privilege sets"),
  FULL_2(
      "FULL-2",
      Severity.SHOULD,
      ObservationLevel.SELF_REPORTING,
      List.of(6, 19, 30),
      "-",
      "A full resync leaves entries that matched in place, if the target "
          + "declares no prefetch, sharing or recycling.",
      "Comparing is worth its cost only if what matches survives; dropping all "
          + "of it is a flush and should be reported as one.",
      "what counts as a match, and whether the resync is really a flush"),
  TLB_1(
      "TLB-1",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (INVLPG)",
      "After INVLPG nothing that it made inadmissible is reachable: the page's "
          + "translations, global ones and all fragments included.",
      "INVLPG is the guest's finest promise-breaker: after it, the old mapping " + "must be gone.",
      "page number arithmetic, large pages cached in fragments, both privilege "
          + "sets, and the processor's own TLB"),
  TLB_2(
      "TLB-2",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR3)",
      "After MOV to CR3 no stale non-global translation is reachable, also if "
          + "the value is the same.",
      "Reloading CR3 is how most guests flush; the new value is beside the " + "point.",
      "shortcuts for an unchanged root, cached roots, and which entries count " + "as global"),
  TLB_3(
      "TLB-3",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR3 with CR4.PCIDE=1)",
      "After MOV to CR3 with PCIDs and bit 63 clear no stale non-global translation of the PCID "
          + "loaded is reachable, nor one of the PCID left.",
      "With PCIDs a load of CR3 flushes one context; the others wait for their return.",
      "which contexts a flushing load covers, and other roots kept for the same PCID"),
  TLB_4(
      "TLB-4",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR3 with bit 63 set)",
      "After MOV to CR3 with bit 63 set only translations of the PCID loaded and global ones are "
          + "reachable, and none that was invalidated meanwhile.",
      "Bit 63 spares the flush, not the change of context: what another PCID cached stays "
          + "out of reach.",
      "how bit 63 is masked, the key that cached contexts are found by, and invalidations that "
          + "arrive while a context is not loaded"),
  TLB_5(
      "TLB-5",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR4)",
      "After a MOV to CR4 that changes PGE or clears PCIDE nothing stale is reachable, under any "
          + "PCID, global translations included; on AMD's processors also if it changes PSE or PAE, "
          + "or sets PKE.",
      "Toggling PGE is the guest's way to flush global pages.",
      "whether a write to CR4 that changes only PGE is noticed, in both " + "directions"),
  TLB_6(
      "TLB-6",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR4)",
      "After a MOV to CR4 that changes PAE, or on Intel's processors sets SMEP, no stale non-global "
          + "translation of the current PCID is reachable.",
      "A change of PAE gives every entry another meaning.",
      "which bits of CR4 are compared, and structures kept for another entry width"),
  TLB_7(
      "TLB-7",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (MOV to CR0)",
      "After a MOV to CR0 that changes PG nothing of the time before is reachable: no "
          + "translation, global or not, and no identity mapping.",
      "Without paging the guest sees physical addresses; neither view may leak into the other.",
      "structures kept across the switch, and identity mappings that survive it"),
  TLB_8(
      "TLB-8",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (INVPCID)",
      "After INVPCID nothing that it made inadmissible is reachable, also under a PCID that is "
          + "loaded only later.",
      "INVPCID reaches contexts that are not running; what it named must be gone when they are "
          + "loaded again.",
      "the four types, whether globals go, and contexts that are not current"),
  TLB_9(
      "TLB-9",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(2, 8, 15),
      "SDM vol. 3, 4.10.4.1 (page faults)",
      "After the delivery of a page fault with P=1 and RSVD=0 no stale translation of its "
          + "page is reachable; after any, no stale partial walk that leads there is used.",
      "A guest that mends a permission after a fault need not flush: the same "
          + "stale fault must not recur.",
      "what is dropped when a fault is handed over"),
  PROC_1(
      "PROC-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(14, 15, 24),
      "SDM vol. 3, 4.10.5",
      "Nothing that is no longer admissible stays in the processor's TLB: the "
          + "target asks for each drop in time.",
      "The processor caches the active structure as it likes; an entry removed "
          + "in memory lives on in the TLB.",
      "each place that removes or narrows an entry, and whether its response "
          + "names the page or everything"),
  PROGRESS_1(
      "PROGRESS-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(1, 2),
      "-",
      "Every operation completes within a bounded number of events.",
      "A fault that is answered without changing anything comes back for ever: "
          + "the guest hangs.",
      "events answered by resuming while the access is still not permitted"),
  AD_1(
      "AD-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(2),
      "SDM vol. 3, 4.8",
      "A=1 in every guest entry that a new active entry was derived from.",
      "The guest finds its working set by the accessed bits; once an active "
          + "entry exists, no processor sets them any more.",
      "whether A is set in the upper entries too, before the active entry is " + "installed"),
  AD_2(
      "AD-2",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(2),
      "SDM vol. 3, 4.8",
      "D=1 in a guest leaf before a store through it is let through.",
      "A store that leaves D clear is data that the guest may throw away.",
      "whether D is set on the path that grants writes, also for supervisor "
          + "writes with CR0.WP=0"),
  AD_3(
      "AD-3",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(2),
      "SDM vol. 3, 4.8",
      "A VMM changes nothing in guest memory but A, D for a store, and stores "
          + "that it emulates; never by a stale update.",
      "Guest memory is the guest's: a bit set without cause, or a lost update, " + "is corruption.",
      "updates without compare-and-set, D set for loads, and A set in entries "
          + "that no walk uses"),
  PERIODIC_1(
      "PERIODIC-1",
      Severity.MUST,
      ObservationLevel.GUEST_VISIBLE,
      List.of(1, 15, 28),
      "SDM vol. 3, 4.10.4",
      "Whenever the guest is entitled to rely on it, active content conforms to "
          + "guest content.",
      "This is the method's promise as a whole; it holds if the rules that it "
          + "follows from hold.",
      "the rules that it follows from"),
  DEVICE_1(
      "DEVICE-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(11, 14),
      "-",
      "A guest frame with no memory behind it never becomes a usable active " + "entry.",
      "A device must see each access; a mapping to nowhere reaches a frame that "
          + "belongs to somebody else.",
      "what the host map answers for a frame without memory, and large pages "
          + "that reach past the end of memory"),
  HOST_1(
      "HOST-1",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(11, 14, 24),
      "-",
      "After the host revokes a frame nothing reaches it, on any virtual CPU.",
      "The frame may belong to somebody else at once; unlike the guest's own edits, "
          + "no later flush makes up for it.",
      "the way back from a guest frame to the entries that map it, structures of "
          + "virtual CPUs and roots that are not loaded, large entries that cover the "
          + "frame, and entries installed by an event that was under way"),
  HOST_2(
      "HOST-2",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(11, 14, 24),
      "-",
      "The rights of an active entry, and a store that the VMM does for the guest, "
          + "never exceed what the host allows.",
      "The guest's tables say what the guest wants; read-only memory, copy-on-write "
          + "and write tracking are the host's.",
      "whether host rights are part of each derivation, and whether a later upgrade "
          + "or an emulated store looks at them again"),
  HOST_3(
      "HOST-3",
      Severity.MUST,
      ObservationLevel.ACTIVE_STRUCTURE,
      List.of(11, 14, 24),
      "-",
      "A harvested dirty log names every guest frame written since the last one: by "
          + "the guest, for it, or to set accessed and dirty bits.",
      "A frame that is missing is not copied when the machine migrates; the guest "
          + "finds old data there.",
      "write rights that survive the start of a log or a harvest, in the active "
          + "structure or the processor's TLB, and the VMM's own writes");

  /** The version of the rules as a whole; a verdict names it. */
  public static final String VERSION = "0.1";

  private final String id;
  private final Severity severity;
  private final ObservationLevel level;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Integer> claims;

  private final String section;
  private final String statement;
  private final String intent;
  private final String ifThisFails;

  Rule(
      String id,
      Severity severity,
      ObservationLevel level,
      List<Integer> claims,
      String section,
      String statement,
      String intent,
      String ifThisFails) {
    this.id = id;
    this.severity = severity;
    this.level = level;
    this.claims = claims;
    this.section = section;
    this.statement = statement;
    this.intent = intent;
    this.ifThisFails = ifThisFails;
  }

  /** The public id, for example {@code TLB-1}. */
  public String id() {
    return id;
  }

  /** How binding the rule is. */
  public Severity severity() {
    return severity;
  }

  /** The least that a target must show for the rule to be judged. */
  public ObservationLevel level() {
    return level;
  }

  /** The claims that the rule comes from, ascending. */
  public List<Integer> claims() {
    return claims;
  }

  /** The section of the manual that the rule leans on, or {@code -}. */
  public String section() {
    return section;
  }

  /** What is asked, in one sentence. */
  public String statement() {
    return statement;
  }

  /** Why it is asked. */
  public String intent() {
    return intent;
  }

  /** Where the mistake usually is; completes "if this fails, look at". */
  public String ifThisFails() {
    return ifThisFails;
  }

  /**
   * The rules that this one follows from, if it is derived; a derived rule has no check of its own
   * and fails with any of them.
   */
  public List<Rule> derivedFrom() {
    return switch (this) {
      case PERIODIC_1 ->
          List.of(
              DERIVE_1, DERIVE_2, TLB_1, TLB_2, TLB_3, TLB_4, TLB_5, TLB_6, TLB_7, TLB_8, TLB_9);
      case INIT_1, DERIVE_1, DERIVE_2, DERIVE_3, ISOLATE_1, ISOLATE_2, PRIV_1, PRIV_2 -> List.of();
      case EVENT_1, EVENT_2, EVENT_3, EVENT_4, EVENT_5, EVENT_6 -> List.of();
      case PARTIAL_1, PARTIAL_2, FULL_1, FULL_2, TLB_1, TLB_2, TLB_3, TLB_4 -> List.of();
      case TLB_5, TLB_6, TLB_7, TLB_8, TLB_9 -> List.of();
      case PROC_1, PROGRESS_1, AD_1, AD_2, AD_3, DEVICE_1, HOST_1, HOST_2, HOST_3 -> List.of();
    };
  }

  /** True if the rule follows from others and has no check of its own. */
  public boolean isDerived() {
    return !derivedFrom().isEmpty();
  }

  /** The rule with an id, if there is one. */
  public static Optional<Rule> byId(String id) {
    return Stream.of(values()).filter(rule -> rule.id.equals(id)).findFirst();
  }

  @Override
  public String toString() {
    return id;
  }
}
