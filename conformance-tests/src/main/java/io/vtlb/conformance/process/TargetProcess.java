package io.vtlb.conformance.process;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.Misbehaviour.Kind;
import io.vtlb.conformance.run.TargetFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process of a target, spoken to by lines; whatever it does wrong ends it, and is told as a
 * {@link TargetFailure}.
 */
public final class TargetProcess implements AutoCloseable {

  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHELL_SIGNAL = 128;

  private final Process process;
  private final ProcessTree tree;
  private final Limits limits;
  private final ErrorTail errors;
  private final InputStream in;
  private final OutputStream out;
  private final Sentry sentry;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;
  private int awaited;
  private boolean ended;

  private TargetProcess(Process process, String mark, Limits limits) {
    this.process = process;
    this.limits = limits;
    this.tree = new ProcessTree(process.toHandle(), mark);
    this.in = process.getInputStream();
    this.out = process.getOutputStream();
    this.sentry = new Sentry(tree, limits);
    this.errors =
        new ErrorTail(
            process.getErrorStream(),
            limits.errorBytes(),
            () ->
                sentry.end(
                    Kind.OUTPUT_FLOOD,
                    "the target wrote more than %,d bytes to its standard error"
                        .formatted(limits.errorBytes())),
            "target-" + process.pid());
    RunningTargets.add(tree);
    Watchdog.add(sentry);
  }

  /**
   * Starts a process; the time to start runs from here.
   *
   * @throws IOException if there is no such program, or it may not be run
   */
  public static TargetProcess start(List<String> command, Limits limits) throws IOException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(ProcessTree.MARK, mark);
    TargetProcess started = new TargetProcess(builder.start(), mark, limits);
    started.sentry.sequence(limits.start(), Kind.HANG_AT_START, "say what it is");
    return started;
  }

  /** A sequence of operations begins: the time for all of it runs from here. */
  public void beginSequence() {
    sentry.sequence(limits.sequence(), Kind.HANG_IN_SEQUENCE, "finish a sequence");
  }

  /** No time runs any more, until something is written or a sequence begins. */
  public void endSequence() {
    sentry.rest();
  }

  /**
   * Writes lines, each with its end; the time for an answer runs from here to the next line read.
   *
   * @param answers how many lines are expected because of it
   * @param what the first answer is to, for messages
   */
  public void write(byte[] lines, int length, int answers, String what) {
    awaited += answers;
    sentry.event(what);
    try {
      out.write(lines, 0, length);
      out.flush();
    } catch (IOException e) {
      throw gone();
    }
  }

  /** The next line, without its end. */
  public String readLine() {
    int searched = next;
    while (true) {
      for (; searched < end; searched++) {
        if (buffer[searched] == '\n') {
          String line = decoded(next, searched);
          next = searched + 1;
          awaited--;
          sentry.answered(awaited > 0);
          return line;
        }
      }
      searched -= next;
      fill();
      searched += next;
    }
  }

  /** Reads more bytes behind those that there are. */
  private void fill() {
    if (end - next >= limits.lineBytes()) {
      throw failed(
          Kind.OVER_LONG_LINE,
          "the target wrote a line of more than %,d bytes".formatted(limits.lineBytes()));
    }
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, end - next);
      end -= next;
      next = 0;
    }
    if (end == buffer.length) {
      buffer = java.util.Arrays.copyOf(buffer, Math.min(2 * end, limits.lineBytes() + 1));
    }
    int count;
    try {
      count = in.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      throw gone();
    }
    if (count < 0) {
      throw gone();
    }
    end += count;
  }

  private String decoded(int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(buffer, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw failed(Kind.INVALID_JSON, "the target wrote a line that is not UTF-8 text");
    }
  }

  /** A failure that was found in what the target wrote; it ends the process. */
  public TargetFailure failed(Kind kind, String told) {
    return ended(new Misbehaviour(kind, "", told, ""));
  }

  /** Why nothing more comes from the process, or goes to it. */
  private TargetFailure gone() {
    Misbehaviour verdict = sentry.verdict();
    if (verdict == null && !exits()) {
      verdict =
          new Misbehaviour(
              Kind.END_OF_STREAM, "", "the target closed its output, but did not end", "");
    }
    return ended(verdict == null ? exit(process.exitValue()) : verdict);
  }

  private boolean exits() {
    try {
      return process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Misbehaviour exit(int code) {
    if (code > SHELL_SIGNAL) {
      String signal = Signals.name(code - SHELL_SIGNAL);
      return new Misbehaviour(Kind.SIGNAL, signal, "the target was ended by " + signal);
    }
    return new Misbehaviour(
        Kind.EXIT, String.valueOf(code), "the target ended itself with exit code " + code);
  }

  private TargetFailure ended(Misbehaviour misbehaviour) {
    end();
    return new TargetFailure(
        new Misbehaviour(
            misbehaviour.kind(), misbehaviour.detail(), misbehaviour.told(), errors.text()));
  }

  /** The end of what the process has written to its standard error. */
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
    RunningTargets.remove(tree);
    errors.await(LAST_WORDS);
    closeQuietly(in);
    closeQuietly(out);
    closeQuietly(process.getErrorStream());
  }

  private static void closeQuietly(@Nullable AutoCloseable stream) {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (Exception e) {
      // What is left in it is not wanted.
    }
  }
}
