package io.vtlb.conformance.smoke;

import io.vtlb.conformance.protocol.Transcript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last of what a program was asked and said, request by request. */
final class Dialogue implements Transcript {

  private static final int MOST_TURNS = 32;
  private static final int MOST_LINES = 12;
  private static final String GOODBYE = "\"request\":\"bye\"";

  private final Deque<Turn> turns = new ArrayDeque<>();
  private boolean oneByOne = true;
  private boolean asksForMemory;

  /**
   * One request and what was said until the next.
   *
   * @param request its line
   * @param lines all of them, the request's first
   */
  record Turn(String request, List<Said> lines) {

    /** The request without its number. */
    String words() {
      return request.replaceFirst("^\\{\"n\":\\d+,", "{");
    }

    private void add(Said said) {
      if (lines.size() == MOST_LINES) {
        lines.remove(1);
      }
      lines.add(said);
    }
  }

  /** From now on, requests may be put together. */
  void hurry() {
    oneByOne = false;
  }

  /** The latest requests, in order. */
  List<Turn> turns() {
    return List.copyOf(turns);
  }

  /** The same without a goodbye, which a target that failed is told, too. */
  List<Turn> turnsBeforeGoodbye() {
    return turns.stream().filter(turn -> !turn.request().contains(GOODBYE)).toList();
  }

  /** True if the target reads guest memory through the kit. */
  boolean asksForMemory() {
    return asksForMemory;
  }

  @Override
  public void asked(String line) {
    if (turns.size() == MOST_TURNS) {
      turns.removeFirst();
    }
    Turn turn = new Turn(line, new ArrayList<>());
    turn.add(Said.toTarget(line));
    turns.add(turn);
  }

  @Override
  public void replied(String line) {
    asksForMemory = true;
    turns.getLast().add(Said.toTarget(line));
  }

  @Override
  public void received(String line) {
    turns.getLast().add(Said.byTarget(line));
  }

  @Override
  public boolean wantsOneByOne() {
    return oneByOne;
  }
}
