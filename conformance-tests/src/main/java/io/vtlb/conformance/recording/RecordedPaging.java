package io.vtlb.conformance.recording;

import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Optional;

/**
 * The paging modes that a recording may hold, as data: a mode that the model knows has its
 * description.
 *
 * @param levels how many levels a recorded walk has; 0 if paging is off
 * @param name the manual's name of the mode
 * @param mode the model's description; empty if the model does not have the mode yet
 */
record RecordedPaging(int levels, String name, Optional<PagingMode> mode) {

  static final List<RecordedPaging> ALL =
      List.of(
          new RecordedPaging(0, "no paging", Optional.empty()),
          new RecordedPaging(2, "32-bit paging", Optional.of(PagingMode.TWO_LEVEL)),
          new RecordedPaging(3, "PAE paging", Optional.empty()),
          new RecordedPaging(4, "4-level paging", Optional.empty()),
          new RecordedPaging(5, "5-level paging", Optional.empty()));

  static RecordedPaging ofLevels(int levels) {
    return ALL.stream()
        .filter(paging -> paging.levels == levels)
        .findFirst()
        .orElseGet(() -> new RecordedPaging(levels, levels + "-level paging", Optional.empty()));
  }

  /** Why nothing of this mode can be checked. */
  String unsupported() {
    return name + ": not supported yet";
  }
}
