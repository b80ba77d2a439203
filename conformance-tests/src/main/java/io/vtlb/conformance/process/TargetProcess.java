package io.vtlb.conformance.process;

import io.vtlb.conformance.run.Limits;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process of a target, spoken to by lines; whatever it does wrong ends it, and is told as a
 * {@link TargetFailure}.
 */
public final class TargetProcess implements AutoCloseable {

  /** For what it wrote last to arrive. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  /** For a process whose pipes are closed to end. */
  private static final Duration EXIT = Duration.ofSeconds(1);

  /** For a process that is asked to end. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Process process;
  private final ProcessTree tree;
  private final Limits limits;
  private final ErrorTail errors;
  private final InputStream in;
  private final OutputStream out;
  private final LineBuffer lines;
  private final Sentry sentry;
  private long readBefore;
  private int awaited;
  private boolean ended;

  private TargetProcess(RunningTargets.Started started, Limits limits) {
    this.process = started.process();
    this.tree = started.tree();
    this.limits = limits;
    this.in = process.getInputStream();
    this.out = process.getOutputStream();
    this.lines = new LineBuffer(in, limits.lineBytes());
    this.sentry = new Sentry(tree, limits);
    this.errors =
        new ErrorTail(
            process.getErrorStream(),
            limits.outputBytes(),
            () -> sentry.end(Kind.OUTPUT_FLOOD, flood("error")),
            "target-" + process.pid());
    Watchdog.add(sentry);
  }

  /**
   * Starts a process; the time to start runs from here.
   *
   * @throws IOException if there is no such program, or it may not be run
   */
  public static TargetProcess start(List<String> command, Limits limits) throws IOException {
    TargetProcess started = new TargetProcess(RunningTargets.start(command), limits);
    started.sentry.span(limits.start(), Kind.HANG_AT_START, "say what it is");
    return started;
  }

  /** A sequence of operations begins: the time for all of it runs from here. */
  public void beginSequence() {
    readBefore = lines.total();
    errors.beginSequence();
    sentry.span(limits.sequence(), Kind.HANG_IN_SEQUENCE, "finish a sequence");
  }

  /** No time runs any more, until something is written or a sequence begins. */
  public void endSequence() {
    sentry.rest();
  }

  /** Only one thing is left to be said, and not much time for it. */
  public void beginFarewell() {
    sentry.span(FAREWELL, Kind.HANG_IN_EVENT, "say goodbye");
  }

  /**
   * Writes lines, each with its end; the time for the first answer runs from here.
   *
   * @param answers how many lines are expected because of it
   * @param what the first answer is to, for messages
   */
  public void write(byte[] text, int length, int answers, String what) {
    awaited += answers;
    sentry.awaits(what);
    sentry.asked();
    send(text, length);
  }

  /** Writes a line on which an answer depends; the time for that goes on running. */
  public void reply(byte[] text, int length) {
    send(text, length);
  }

  /** Where it takes no more, what it wrote before may say why, and is read first. */
  private void send(byte[] text, int length) {
    try {
      out.write(text, 0, length);
      out.flush();
    } catch (IOException e) {
      if (!exits()) {
        throw gone("input");
      }
    }
  }

  /**
   * The next line, without its end.
   *
   * @param what it is the answer to, for messages
   */
  public String readLine(String what) {
    sentry.awaits(what);
    while (!lines.hasLine()) {
      switch (lines.fill()) {
        case MORE -> refuseFlood();
        case END -> throw gone("output");
        case TOO_LONG ->
            throw failed(
                Kind.OVER_LONG_LINE,
                "the target wrote a line of more than " + Limits.words(limits.lineBytes()));
      }
    }
    try {
      return lines.take();
    } catch (CharacterCodingException e) {
      throw failed(
          Kind.INVALID_JSON, "the answer to %s is a line that is not UTF-8 text".formatted(what));
    }
  }

  /** One of the answers is there; the time for the next runs from here, if there is to be one. */
  public void answered() {
    awaited--;
    sentry.answered(awaited > 0);
  }

  private void refuseFlood() {
    if (lines.total() - readBefore > limits.outputBytes()) {
      throw failed(Kind.OUTPUT_FLOOD, flood("output"));
    }
  }

  private String flood(String stream) {
    return "the target wrote more than %s to its standard %s"
        .formatted(Limits.words(limits.outputBytes()), stream);
  }

  /** A failure that was found in what the target wrote; it ends the process. */
  public TargetFailure failed(Kind kind, String told) {
    return ended(new Misbehaviour(kind, "", told));
  }

  /** Why nothing more comes from the process, or goes to it. */
  private TargetFailure gone(String stream) {
    return ended(
        exits()
            ? exit(process.exitValue())
            : new Misbehaviour(
                Kind.END_OF_STREAM,
                "",
                "the target closed its standard %s, but did not end".formatted(stream)));
  }

  private boolean exits() {
    try {
      return process.waitFor(EXIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Misbehaviour exit(int code) {
    return Signals.of(code)
        .map(signal -> new Misbehaviour(Kind.SIGNAL, signal, "the target was ended by " + signal))
        .orElseGet(() ->
            new Misbehaviour(
                Kind.EXIT, String.valueOf(code), "the target ended itself with exit code " + code));
  }

  /** What was found, unless it only comes of the process being ended for another reason. */
  private TargetFailure ended(Misbehaviour found) {
    Misbehaviour verdict = sentry.verdict();
    Misbehaviour first = verdict == null ? found : verdict;
    end();
    return new TargetFailure(
        new Misbehaviour(first.kind(), first.detail(), first.told(), lastWords()));
  }

  /**
   * Waits for the process to end by itself after its last answer: it is to write nothing more, and
   * to exit with 0, in the time for an answer.
   */
  public void leave() {
    sentry.span(limits.event(), Kind.HANG_IN_EVENT, "exit after its last answer");
    LineBuffer.Filled filled = LineBuffer.Filled.MORE;
    while (filled == LineBuffer.Filled.MORE && lines.isEmpty()) {
      filled = lines.fill();
    }
    if (!lines.isEmpty()) {
      throw failed(Kind.UNASKED_LINE, "the target wrote something after its last answer");
    }
    if (!exits() || process.exitValue() != 0) {
      throw gone("output");
    }
    end();
  }

  /** The end of what the process wrote to its standard error. */
  public String lastWords() {
    return errors.text();
  }

  /** True if the process can be spoken to no more. */
  public boolean hasEnded() {
    return ended;
  }

  /** Waits a moment for the process to end by itself, then ends it. */
  @Override
  public void close() {
    if (!ended) {
      try {
        out.close();
        process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (IOException e) {
        // It is gone already.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      end();
    }
  }

  private void end() {
    ended = true;
    Watchdog.remove(sentry);
    tree.end();
    if (!errors.await(LAST_WORDS)) {
      tree.endWithHolders();
      errors.await(LAST_WORDS);
    }
    RunningTargets.remove(tree);
    closeQuietly(in);
    closeQuietly(out);
    closeQuietly(process.getErrorStream());
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // What is left in it is not wanted.
    }
  }
}
