package io.vtlb.conformance.sweep;

import io.vtlb.model.paging.PagingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Everything that is swept of one paging mode: spaces one after the other, so that a combination is
 * one number.
 */
public final class SweptMode {

  private final PagingMode mode;
  private final List<Space> spaces;
  private final long[] firsts;
  private final long combinations;

  SweptMode(PagingMode mode, List<Space> spaces) {
    this.mode = mode;
    this.spaces = List.copyOf(spaces);
    firsts = new long[spaces.size()];
    long next = 0;
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = next;
      next = Math.addExact(next, spaces.get(i).combinations());
    }
    combinations = next;
  }

  /** 32-bit paging (Intel SDM vol. 3, 4.3). */
  public static SweptMode twoLevel() {
    return new SweptMode(PagingMode.TWO_LEVEL, TwoLevelSpaces.all());
  }

  /** PAE paging (Intel SDM vol. 3, 4.4). */
  public static SweptMode pae() {
    return new SweptMode(PagingMode.PAE, PaeSpaces.all());
  }

  /** 4-level paging (Intel SDM vol. 3, 4.5). */
  public static SweptMode fourLevel() {
    return new SweptMode(PagingMode.FOUR_LEVEL, LongModeSpaces.all(PagingMode.FOUR_LEVEL));
  }

  /** 5-level paging (Intel SDM vol. 3, 4.5). */
  public static SweptMode fiveLevel() {
    return new SweptMode(PagingMode.FIVE_LEVEL, LongModeSpaces.all(PagingMode.FIVE_LEVEL));
  }

  public PagingMode mode() {
    return mode;
  }

  public String name() {
    return mode.name();
  }

  /** How many combinations there are. */
  public long combinations() {
    return combinations;
  }

  /** How many combinations a section has. */
  public long combinations(Section section) {
    return spaces.stream()
        .filter(space -> space.section() == section)
        .mapToLong(Space::combinations)
        .sum();
  }

  /** How many combinations, from the first on, a sample is drawn from. */
  long sampled() {
    return spaces.stream()
        .takeWhile(space -> space.section().sampled())
        .mapToLong(Space::combinations)
        .sum();
  }

  List<Space> spaces() {
    return spaces;
  }

  /** The space that holds a combination. */
  Space space(long number) {
    return spaces.get(index(number));
  }

  /** The number that a combination has in its space. */
  long inSpace(long number) {
    return number - firsts[index(number)];
  }

  int index(long number) {
    if (number < 0 || number >= combinations) {
      throw new IllegalArgumentException("there is no combination " + number + " of " + name());
    }
    int found = Arrays.binarySearch(firsts, number);
    return found >= 0 ? found : -found - 2;
  }

  /** The first combination of a space, by the space's index. */
  long first(int index) {
    return firsts[index];
  }

  /** A check sum of all that decides which combination a number names. */
  long fingerprint() {
    CRC32 sum = new CRC32();
    for (Space space : spaces) {
      sum.update(
          "%s %s %s %x %s %s"
              .formatted(
                  space.section(),
                  space.profile(),
                  space.control(),
                  space.address(),
                  space.base(),
                  space.accesses())
              .getBytes(StandardCharsets.UTF_8));
      for (Dimension dimension : space.dimensions()) {
        sum.update(
            "%s %d %s"
                .formatted(dimension.name(), dimension.level(), Arrays.toString(dimension.flips()))
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return sum.getValue();
  }
}
