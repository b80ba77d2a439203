package io.vtlb.conformance.bench;

import io.vtlb.conformance.fault.Fault;
import io.vtlb.conformance.fault.FaultLibrary;
import io.vtlb.conformance.generate.Ingredient;
import java.util.List;

/** Which faults of the library each ingredient is there to find. */
public final class IngredientFaults {

  private IngredientFaults() {}

  /** The faults that an ingredient is measured by, in the order of reports. */
  public static List<Fault> of(Ingredient ingredient) {
    return names(ingredient).stream()
        .map(name -> FaultLibrary.byName(name).orElseThrow(() -> new IllegalStateException(name)))
        .toList();
  }

  private static List<String> names(Ingredient ingredient) {
    return switch (ingredient) {
      case SHARED_TABLE ->
          List.of(
              "key-uses-last-rights",
              "child-reused-despite-role",
              "write-right-of-last-entry-only");
      case FRAME_AT_TWO_LEVELS ->
          List.of(
              "large-pages-share-despite-rights",
              "invlpg-drops-one-fragment-of-large-page",
              "one-fragment-dropped");
      case TABLE_UNDER_TWO_ROLES ->
          List.of("shared-across-nxe", "tracked-in-one-address-space", "write-protect-ignored");
      case EVENT_BETWEEN_EDIT_AND_FLUSH ->
          List.of("invlpg-skips-unsync-table", "resync-compares-frame-only", "stale-table-linked");
      case MODE_TOGGLE_AROUND_EDIT ->
          List.of(
              "reloaded-pdptes-ignored",
              "entries-survive-a-change-of-paging",
              "global-page-toggle-ignored");
      case RETURN_TO_OLD_ROOT ->
          List.of(
              "flush-misses-other-roots",
              "kept-context-shows-the-one-before",
              "stale-context-not-flushed",
              "loaded-root-recycled");
      case HOST_EDIT ->
          List.of("device-entry-outlives-map", "unmap-not-followed", "host-split-forgets-tables");
      case HOST_EDIT_UNDER_CACHED_ENTRIES ->
          List.of(
              "reverse-map-misses-large-leaves",
              "other-cpus-not-flushed",
              "move-without-processor-drop");
      case DIRTY_LOG ->
          List.of(
              "dirtiness-lost-with-write-right",
              "table-updates-not-logged",
              "dirty-log-without-processor-drop");
      case READ_ONLY_MEMORY ->
          List.of(
              "read-only-frame-protects-large-page",
              "store-to-read-only-memory-retried",
              "host-protection-not-followed");
      case MACHINE_CREATED_AGAIN ->
          List.of("old-shadow-for-new-machine", "machine-created-with-old-structures");
      case SCHEDULE_POINT ->
          List.of(
              "walk-not-checked-again",
              "host-frame-looked-up-early",
              "protected-table-not-compared");
    };
  }
}
