package io.vtlb.conformance.generate;

import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which paging modes the sequences of a run are about. */
public enum ModeChoice {
  /** 32-bit paging. */
  TWO_LEVEL("32", List.of(PagingMode.TWO_LEVEL)),
  /** PAE paging. */
  PAE("pae", List.of(PagingMode.PAE)),
  /** 4-level paging. */
  FOUR_LEVEL("4level", List.of(PagingMode.FOUR_LEVEL)),
  /** 5-level paging. */
  FIVE_LEVEL("5level", List.of(PagingMode.FIVE_LEVEL)),
  /** Every mode, no paging included, and changes of mode inside a sequence. */
  MIXED("mixed", PagingMode.ALL);

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // List.of records
  private final List<PagingMode> modes;

  ModeChoice(String word, List<PagingMode> modes) {
    this.word = word;
    this.modes = modes;
  }

  /** The word that selects it on the command line. */
  public String word() {
    return word;
  }

  /** The modes that a world may start in. */
  public List<PagingMode> modes() {
    return modes;
  }

  /** True if sequences may change the mode. */
  boolean changesModes() {
    return this == MIXED;
  }

  /** Why no sequence of these modes can exercise a rule, if that is so. */
  public Optional<String> whyNever(Rule rule) {
    return switch (rule) {
      case TLB_3, TLB_4 ->
          this == TWO_LEVEL || this == PAE
              ? Optional.of("there are no PCIDs in mode " + word)
              : Optional.empty();
      case TLB_8 ->
          this == TWO_LEVEL
              ? Optional.of("no processor of mode " + word + " has INVPCID")
              : Optional.empty();
      case TLB_7 ->
          changesModes() ? Optional.empty() : Optional.of("paging stays on in mode " + word);
      case INIT_1, DERIVE_1, DERIVE_2, DERIVE_3, ISOLATE_1, ISOLATE_2, PRIV_1, PRIV_2 ->
          Optional.empty();
      case EVENT_1, EVENT_2, EVENT_3, EVENT_4, EVENT_5, EVENT_6 -> Optional.empty();
      case PARTIAL_1, PARTIAL_2, FULL_1, FULL_2, TLB_1, TLB_2, TLB_5, TLB_6, TLB_9 ->
          Optional.empty();
      case PROC_1, PROGRESS_1, AD_1, AD_2, AD_3, PERIODIC_1, DEVICE_1 -> Optional.empty();
      case HOST_1, HOST_2, HOST_3 -> Optional.empty();
    };
  }

  /** The choice that a word selects, if there is one. */
  public static Optional<ModeChoice> ofWord(String word) {
    return Stream.of(values()).filter(choice -> choice.word.equals(word)).findFirst();
  }
}
