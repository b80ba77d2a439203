package io.vtlb.conformance.generate;

import io.vtlb.model.machine.Paging;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.rule.Rule;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The paging modes of the sequences for one target: those that were chosen, as far as it serves
 * them.
 *
 * @param starts the modes that a world may start in, at least one
 * @param served the modes that the target serves; a sequence never leads into another
 * @param changes true if sequences change the mode
 */
public record SequenceModes(List<PagingMode> starts, Set<Paging> served, boolean changes) {

  public SequenceModes {
    starts = List.copyOf(starts);
    if (starts.isEmpty()) {
      throw new IllegalArgumentException("there is no mode that a sequence could start in");
    }
    EnumSet<Paging> copy = EnumSet.noneOf(Paging.class);
    copy.addAll(served);
    served = Collections.unmodifiableSet(copy);
  }

  /**
   * What is left of a choice for a target that serves some modes. They can only be changed by way
   * of no paging: without that, sequences stay in their mode.
   *
   * @throws IllegalArgumentException if nothing is left
   */
  static SequenceModes of(ModeChoice choice, Set<Paging> served) {
    List<PagingMode> starts =
        choice.modes().stream().filter(mode -> served.contains(mode.paging())).toList();
    return new SequenceModes(
        starts, served, choice == ModeChoice.MIXED && canChange(starts.size(), served));
  }

  private static boolean canChange(int modes, Set<Paging> served) {
    return modes > 1 && served.contains(Paging.NONE);
  }

  boolean serves(PagingMode mode) {
    return served.contains(mode.paging());
  }

  /** The modes that a sequence may change to, by ascending number of levels. */
  List<PagingMode> reachable() {
    return PagingMode.ALL.stream().filter(this::serves).toList();
  }

  /** The mode to be in where without paging little could go wrong: 4-level, or the next best. */
  PagingMode usual() {
    return serves(PagingMode.FOUR_LEVEL) ? PagingMode.FOUR_LEVEL : reachable().getLast();
  }

  /** Why no sequence of these modes can exercise a rule, if that is so. */
  public Optional<String> whyNever(Rule rule) {
    return switch (rule) {
      case TLB_3, TLB_4 ->
          starts.stream().anyMatch(PagingMode::signExtended)
              ? Optional.empty()
              : Optional.of("there are no PCIDs in " + words());
      case TLB_8 ->
          starts.equals(List.of(PagingMode.TWO_LEVEL))
              ? Optional.of("no processor of " + words() + " has INVPCID")
              : Optional.empty();
      case TLB_7 -> changes ? Optional.empty() : Optional.of("paging stays as it is in " + words());
      case INIT_1, DERIVE_1, DERIVE_2, DERIVE_3, ISOLATE_1, ISOLATE_2, PRIV_1, PRIV_2 ->
          Optional.empty();
      case EVENT_1, EVENT_2, EVENT_3, EVENT_4, EVENT_5, EVENT_6 -> Optional.empty();
      case PARTIAL_1, PARTIAL_2, FULL_1, FULL_2, TLB_1, TLB_2, TLB_5, TLB_6, TLB_9 ->
          Optional.empty();
      case PROC_1, PROGRESS_1, AD_1, AD_2, AD_3, PERIODIC_1, DEVICE_1 -> Optional.empty();
      case HOST_1, HOST_2, HOST_3 -> Optional.empty();
    };
  }

  private String words() {
    return starts.stream()
        .map(PagingMode::name)
        .collect(Collectors.joining(", ", starts.size() == 1 ? "mode " : "modes ", ""));
  }
}
