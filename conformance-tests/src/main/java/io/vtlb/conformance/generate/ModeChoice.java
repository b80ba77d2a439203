package io.vtlb.conformance.generate;

import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.Description;
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

  /** The modes of the sequences for a target that serves some of them. */
  public SequenceModes of(Description target) {
    return SequenceModes.of(this, target.modes());
  }

  /** True if a target serves a mode of this choice. */
  public boolean fits(Description target) {
    return modes.stream().map(PagingMode::paging).anyMatch(target::serves);
  }

  /**
   * The choice that a word selects, if there is one: its own, or the name of its only mode in
   * worlds and the target protocol; large letters are as good as small ones.
   */
  public static Optional<ModeChoice> ofWord(String word) {
    return Stream.of(values()).filter(choice -> choice.isCalled(word)).findFirst();
  }

  private boolean isCalled(String name) {
    return word.equalsIgnoreCase(name)
        || (modes.size() == 1 && modes.getFirst().name().equalsIgnoreCase(name));
  }
}
