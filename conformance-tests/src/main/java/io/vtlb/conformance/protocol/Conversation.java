package io.vtlb.conformance.protocol;

import io.vtlb.conformance.process.TargetProcess;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Place;
import io.vtlb.conformance.trace.SharedForms;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests to a target and its answers, numbered and in order; several requests may be on their way
 * at once.
 */
final class Conversation {

  private static final String NUMBER = "{\"n\":";

  /** Less than a pipe holds, or both sides might wait for each other with full pipes. */
  private static final int MOST_AHEAD = 16 << 10;

  /** A request that has not been answered. */
  private record Open(long number, String words) {}

  private final TargetProcess process;
  private final Transcript transcript;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private final Deque<Open> open = new ArrayDeque<>();

  /** The numbers of requests that are being answered: the target reads and writes memory first. */
  private final Set<Long> unfinished = new HashSet<>();

  private int unsentRequests;
  private long last;

  /**
   * @param transcript is shown every line
   */
  Conversation(TargetProcess process, Transcript transcript) {
    this.process = process;
    this.transcript = transcript;
  }

  /** A request, to put fields into; it gets its number when it is asked. */
  static ObjectNode request(String word) {
    return SharedForms.object().put("request", word);
  }

  /**
   * Adds a request to those that go out before the next answer is read.
   *
   * @param words what it is, for messages
   */
  void ask(ObjectNode request, String words) {
    ask(text(request), words);
  }

  /**
   * Adds a request that is asked often.
   *
   * @param request its {@link #text}
   */
  void ask(String request, String words) {
    last++;
    open.add(new Open(last, words));
    String line = NUMBER + last + request;
    transcript.asked(line);
    unsent.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    unsent.write('\n');
    unsentRequests++;
  }

  /** What follows the number in the line of a request. */
  static String text(ObjectNode request) {
    return "," + SharedForms.line(request).substring(1);
  }

  /** True if each request is answered before the next is asked. */
  boolean goesOneByOne() {
    return transcript.wantsOneByOne();
  }

  /** True if another request may go out before an answer is read. */
  boolean mayAskAhead() {
    return unsent.size() < MOST_AHEAD && !goesOneByOne();
  }

  /** The answer to the earliest request that is open. */
  Answer answer() {
    Open asked = next();
    return read(asked, line(asked));
  }

  /**
   * The same, or nothing where the answer is one that came before: most lists of entries do not
   * change from one event to the next, and need not be read again.
   *
   * @param known the {@link Answer#rest} of that one; empty if there is none
   */
  Optional<Answer> answerOtherThan(String known) {
    Open asked = next();
    String line = line(asked);
    if (!known.isEmpty() && rest(asked.number(), line).equals(known)) {
      finished(asked.number());
      return Optional.empty();
    }
    return Optional.of(read(asked, line));
  }

  /** One more line in place of an answer that is still to come. */
  Answer insteadOf(Answer answer) {
    Open asked = new Open(answer.number(), answer.words());
    return read(asked, line(asked));
  }

  private Open next() {
    send();
    Open asked = open.removeFirst();
    unfinished.add(asked.number());
    return asked;
  }

  /** Sends a line that the target waits for, while its answer is still to come. */
  void reply(ObjectNode line) {
    String text = SharedForms.line(line);
    transcript.replied(text);
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
    process.reply(bytes, bytes.length);
  }

  /** True if answers are still to come. */
  boolean isBusy() {
    return !open.isEmpty() || !unfinished.isEmpty();
  }

  private void send() {
    if (unsentRequests > 0) {
      byte[] bytes = unsent.toByteArray();
      int requests = unsentRequests;
      unsent.reset();
      unsentRequests = 0;
      process.write(bytes, bytes.length, requests, open.getFirst().words());
    }
  }

  private String line(Open asked) {
    String line = process.readLine(asked.words());
    transcript.received(line);
    return line;
  }

  private Answer read(Open asked, String line) {
    Fields fields;
    try {
      fields = SharedForms.fields(place(asked.words()), line);
    } catch (BadTrace e) {
      throw process.failed(
          Kind.INVALID_JSON,
          "the answer to %s %s: %s".formatted(asked.words(), e.problem(), SharedForms.shown(line)));
    }
    requireNumber(asked, fields);
    if (!fields.has("read") && !fields.has("write")) {
      finished(asked.number());
    }
    return new Answer(this, fields, asked.number(), asked.words(), rest(asked.number(), line));
  }

  private void finished(long number) {
    unfinished.remove(number);
    process.answered();
  }

  /** What follows the number, in a line that begins with it; nothing in any other. */
  private static String rest(long number, String line) {
    if (!line.startsWith(NUMBER)) {
      return "";
    }
    int digits = line.startsWith(" ", NUMBER.length()) ? NUMBER.length() + 1 : NUMBER.length();
    String expected = Long.toString(number);
    int end = digits + expected.length();
    boolean whole =
        line.startsWith(expected, digits)
            && (line.startsWith(",", end) || line.startsWith("}", end));
    return whole ? line.substring(end) : "";
  }

  private void requireNumber(Open asked, Fields fields) {
    long number;
    try {
      number = fields.number("n");
    } catch (BadTrace e) {
      throw impossible(asked.words(), e);
    }
    if (number != asked.number() && isAnswered(number)) {
      throw process.failed(
          Kind.UNASKED_LINE,
          "the target wrote another line for request %d; each request has one answer"
              .formatted(number));
    }
    if (number != asked.number()) {
      throw process.failed(
          Kind.WRONG_NUMBER,
          "the target answered request %d where request %d (%s) was to be answered"
              .formatted(number, asked.number(), asked.words()));
    }
  }

  private boolean isAnswered(long number) {
    return number >= 1
        && number <= last
        && !unfinished.contains(number)
        && open.stream().noneMatch(request -> request.number() == number);
  }

  /** The failure of an answer that has a field or a value that cannot be. */
  TargetFailure impossible(String words, BadTrace problem) {
    return impossible("the answer to %s: %s".formatted(words, problem.problem()));
  }

  TargetFailure impossible(String told) {
    return process.failed(Kind.IMPOSSIBLE_VALUE, told);
  }

  /** The target says itself that it cannot go on. */
  TargetFailure gaveUp(String told) {
    return process.failed(Kind.GAVE_UP, told);
  }

  private static Place place(String words) {
    return new Place("answer to " + words, 0);
  }
}
