package io.vtlb.model.admissible;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.PartialWalk;
import java.util.Arrays;

/** A state of a recorded machine, with what was forgotten on the way to it. */
final class Moment {

  private final Forgotten before;
  private final ControlState control;
  private final PagingMode mode;
  private final int[] words;

  private Moment(Forgotten before, ControlState control, int[] words) {
    this.before = before;
    this.control = control;
    this.mode = PagingMode.of(control);
    this.words = words;
  }

  /** The first moment, before which nothing was held. */
  static Moment first(ControlState control, int[] words) {
    return new Moment(new Forgotten.Nothing(), control, Arrays.copyOf(words, words.length));
  }

  Forgotten before() {
    return before;
  }

  ControlState control() {
    return control;
  }

  PagingMode mode() {
    return mode;
  }

  /** The next moment, with another word at an address. */
  Moment stored(long address, int value) {
    int[] changed = Arrays.copyOf(words, words.length);
    changed[SmallWorld.word(address)] = value;
    return new Moment(new Forgotten.Nothing(), control, changed);
  }

  /** The next moment, with something forgotten. */
  Moment forgetting(Forgotten forgotten, ControlState after) {
    return new Moment(forgotten, after, words);
  }

  /** The word at an address; there is nothing but zeros outside of the world. */
  int word(long address) {
    int number = SmallWorld.word(address);
    return number < 0 ? 0 : words[number];
  }

  /** The entry that a walk reads next at this moment. */
  long entry(PartialWalk reached, Level level, int index) {
    if (!level.inMemory()) {
      return control.pdptes().get(index);
    }
    int bytes = mode.format().bytes();
    long address = PageSize.address(reached.table(), index * bytes);
    long low = Integer.toUnsignedLong(word(address));
    return bytes == 4 ? low : low | (long) word(address + 4) << 32;
  }
}
