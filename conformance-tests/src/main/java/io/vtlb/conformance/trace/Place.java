package io.vtlb.conformance.trace;

/**
 * Where something stands in a trace, for messages.
 *
 * @param source the file, as the user named it
 * @param line the number of the line, from 1; 0 for the file as a whole
 */
public record Place(String source, int line) {

  /** A failure at this place. */
  public BadTrace bad(String problem) {
    return new BadTrace(source, line, problem);
  }
}
