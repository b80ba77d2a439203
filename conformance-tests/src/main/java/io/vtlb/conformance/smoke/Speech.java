package io.vtlb.conformance.smoke;

import io.vtlb.conformance.target.Targets;
import java.util.List;

/**
 * How one target is spoken to, by lines or by calls.
 *
 * @param target its name on the command line
 * @param dialogue what was said to a program; stays empty for others
 */
record Speech(String target, Dialogue dialogue) {

  /** True if there are lines. */
  boolean isSpoken() {
    return Targets.isProgram(target);
  }

  /** True if the target has a copy of guest memory, which is to be kept up to date. */
  boolean tellsStores() {
    return isSpoken() && !dialogue.asksForMemory();
  }

  /** How what is said is written. */
  Notation notation() {
    if (isSpoken()) {
      return new JsonNotation(dialogue);
    }
    return Targets.isLibrary(target) ? new CNotation() : new JavaNotation();
  }

  /**
   * What was said last.
   *
   * @param account what is known of the calls
   * @param examples what a right target is asked, and answers
   */
  Scene scene(Account account, List<Exchange> examples) {
    return isSpoken()
        ? new SpokenScene(dialogue.turnsBeforeGoodbye(), examples, new JsonNotation(dialogue))
        : new CalledScene(account, examples, notation());
  }

  /** What was said last to a program of which no sequence was asked. */
  Scene spoken() {
    return new SpokenScene(dialogue.turns(), List.of(), new JsonNotation(dialogue));
  }
}
