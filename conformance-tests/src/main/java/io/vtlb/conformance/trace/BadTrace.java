package io.vtlb.conformance.trace;

import java.io.IOException;

/**
 * What was given is not a trace that this vtlb reads; the message is one line for the person who
 * gave it, for example {@code trace.jsonl:7: field "address": 0x1002 is not a multiple of 4}.
 */
public final class BadTrace extends IOException {

  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final String problem;

  BadTrace(String source, int line, String problem) {
    super(source + ":" + (line == 0 ? "" : line + ":") + " " + problem);
    this.source = source;
    this.line = line;
    this.problem = problem;
  }

  /** The file, as it was named by whoever asked for it. */
  public String source() {
    return source;
  }

  /** The number of the line, from 1; 0 if the file as a whole is meant. */
  public int line() {
    return line;
  }

  /** What is wrong there, with the field that it concerns, and the remedy where there is one. */
  public String problem() {
    return problem;
  }
}
