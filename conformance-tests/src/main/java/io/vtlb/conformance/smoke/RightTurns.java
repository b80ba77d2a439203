package io.vtlb.conformance.smoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in what a right target was asked the moment that a program is at.
 *
 * @param examples what the right target was asked, in order
 * @param notation how requests are written
 */
record RightTurns(List<Exchange> examples, JsonNotation notation) {

  /**
   * The moment of the last of some requests; nothing if the right target came to no such moment.
   * Both are asked the same until one of them is wrong, but may be asked for entries more or less
   * often.
   *
   * @param requests those of one sequence, without their numbers
   */
  Optional<Exchange> at(List<String> requests) {
    List<String> right = examples.stream().map(one -> notation.asked(one.call())).toList();
    int at = -1;
    for (String request : requests) {
      int next = after(at, request, right);
      at = next < 0 ? at : next;
    }
    return at >= 0 && right.get(at).equals(requests.getLast())
        ? Optional.of(examples.get(at))
        : alike(requests.getLast(), right);
  }

  private static int after(int at, String request, List<String> right) {
    for (int i = at + 1; i < right.size(); i++) {
      if (right.get(i).equals(request)) {
        return i;
      }
    }
    return -1;
  }

  /** The last time that it was asked the same. */
  private Optional<Exchange> alike(String request, List<String> right) {
    List<Exchange> same = new ArrayList<>();
    for (int i = 0; i < right.size(); i++) {
      if (right.get(i).equals(request)) {
        same.add(examples.get(i));
      }
    }
    return same.isEmpty() ? Optional.empty() : Optional.of(same.getLast());
  }
}
