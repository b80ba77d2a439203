package io.vtlb.conformance.generate;

import io.vtlb.model.target.Feature;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A shape that real defects needed to show, which some sequences are made to have. */
public enum Ingredient {
  SHARED_TABLE(
      "shared-table",
      "Two entries with different rights name one table, and pages are used through both.",
      30,
      List.of(),
      "KVM b1bd5cba3306 (CVE-2021-38198)",
      "KVM d28c6cfbbc5e",
      "KVM 9e7b0e7fba45",
      "KVM c22885050e65"),
  FRAME_AT_TWO_LEVELS(
      "frame-at-two-levels",
      "One frame is used as tables of two levels, or by pages of two sizes, and edited in between.",
      30,
      List.of(),
      "KVM 81ccda30b4e8 (CVE-2026-53359)",
      "KVM 0cb2af2ea66a (CVE-2026-46113)",
      "KVM fce0657ff9f1",
      "KVM 0f38453cdb2e",
      "Bochs e40206249"),
  TABLE_UNDER_TWO_ROLES(
      "table-under-two-roles",
      "One table is used under two paging modes, or two values of a bit that its entries depend on.",
      30,
      List.of(),
      "KVM 9645bb56b31a",
      "KVM c22885050e65",
      "KVM 81ccda30b4e8 (CVE-2026-53359)",
      "KVM fce0657ff9f1",
      "Bochs c96f5e27a"),
  EVENT_BETWEEN_EDIT_AND_FLUSH(
      "event-between-edit-and-flush",
      "Between the edit of an entry and its flush, accesses and other events reach the same table.",
      30,
      List.of(),
      "KVM 0e0fee5c539b",
      "KVM 36a2e6774bfb",
      "KVM b53e84eed08b",
      "Xen 24488e9b29",
      "Xen 6d72e644df",
      "KVM 9ed5520dd3c9"),
  MODE_TOGGLE_AROUND_EDIT(
      "mode-toggle-around-edit",
      "A bit of CR0, CR4 or EFER is toggled, tables are edited meanwhile, and it is toggled back.",
      30,
      List.of(),
      "KVM 2c5653caecc4",
      "KVM e4e517b4be01",
      "Bochs e2fa98b62",
      "Bochs c96f5e27a",
      "Xen 89329d832a"),
  RETURN_TO_OLD_ROOT(
      "return-to-old-root",
      "CR3 leaves a root, the tables below it are edited, and CR3 returns to it.",
      30,
      List.of(),
      "KVM 21823fbda552",
      "Xen 329b00e4d4 (XSA-294)",
      "Xen b68c4f1ebe",
      "NOVA 1f3dc3e5",
      "Xen fb0ff49fe9 (XSA-438)",
      "KVM CVE-2026-80726"),
  HOST_EDIT(
      "host-edit",
      "The host maps, unmaps, moves, protects or resizes some memory at any moment.",
      30,
      List.of(Feature.HOST_OPERATIONS),
      "KVM ddfd1730fd82",
      "Xen 7a3d8f6e4d",
      "Xen f6c3cb2162 (XSA-430)",
      "Xen f507885bc3"),
  HOST_EDIT_UNDER_CACHED_ENTRIES(
      "host-edit-under-cached-entries",
      "The host edits the memory of a page or of its tables right after the guest used them, which"
          + " uses them again.",
      35,
      List.of(Feature.HOST_OPERATIONS),
      "KVM release 28 (2007)",
      "Xen 535216fc6e",
      "KVM CVE-2026-23401",
      "KVM d3c422bd3338",
      "Xen 23a183607a (XSA-241)",
      "NOVA 3e7b66aa"),
  DIRTY_LOG(
      "dirty-log",
      "A log of writes is started and harvested between stores to the same pages.",
      25,
      List.of(Feature.HOST_OPERATIONS),
      "KVM f81602958c11",
      "KVM 9ed5520dd3c9"),
  READ_ONLY_MEMORY(
      "read-only-memory",
      "Some memory is read-only for the guest from the start.",
      20,
      List.of(Feature.HOST_OPERATIONS),
      "KVM d3c422bd3338",
      "Xen e8ea651a7a",
      "NOVA 3e7b66aa"),
  MACHINE_CREATED_AGAIN(
      "machine-created-again",
      "A machine is destroyed, others get its frames, and it is created again.",
      20,
      List.of(Feature.HOST_OPERATIONS),
      "Xen 26217aff67 (XSA-219)",
      "Xen bf2b4eadcf (XSA-243)",
      "Xen 54e2292e8d (XSA-249)",
      "Xen 789589968e (XSA-280)"),
  SCHEDULE_POINT(
      "schedule-point",
      "Memory changes between two reads that the target does inside one event.",
      30,
      List.of(Feature.INTERLEAVING),
      "KVM f7d9c7b7b902",
      "KVM daea3e73cb4a",
      "Xen 32772fbb3c",
      "Xen 24488e9b29");

  private final String word;
  private final String description;
  private final int percent;

  @SuppressWarnings("ImmutableEnumChecker") // List.of enum constants
  private final List<Feature> needs;

  @SuppressWarnings("ImmutableEnumChecker") // List.of texts
  private final List<String> defects;

  Ingredient(String word, String description, int percent, List<Feature> needs, String... defects) {
    this.word = word;
    this.description = description;
    this.percent = percent;
    this.needs = needs;
    this.defects = List.of(defects);
  }

  /** The name on the command line and in reports. */
  public String word() {
    return word;
  }

  /** What it is, in one sentence. */
  public String description() {
    return description;
  }

  /** The real defects that it is for, by their fixes. */
  public List<String> defects() {
    return defects;
  }

  /** Which of a hundred sequences are made with it, those that have no ingredient left aside. */
  int percent() {
    return percent;
  }

  /** True if the host does something because of it. */
  public boolean isOfHost() {
    return needs.contains(Feature.HOST_OPERATIONS);
  }

  /** True if a target of these features can be given it. */
  public boolean fits(Set<Feature> features) {
    return features.containsAll(needs);
  }

  /** Every ingredient, in the order of reports. */
  public static Set<Ingredient> all() {
    return Collections.unmodifiableSet(EnumSet.allOf(Ingredient.class));
  }

  /** The ingredient of a name, if there is one. */
  public static Optional<Ingredient> ofWord(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }
}
