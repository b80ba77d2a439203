package io.vtlb.conformance.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a target failed, other than by breaking a rule: nothing can be said of its answer, because
 * there is none, or none that makes sense.
 *
 * @param kind which way
 * @param detail what tells it from others of its kind and is the same when it happens again, for
 *     example the name of a signal; may be empty
 * @param told what happened, on one line
 * @param lastWords the end of what the target wrote to its standard error, or nothing
 */
public record Misbehaviour(Kind kind, String detail, String told, String lastWords) {

  private static final int LONGEST_TOLD = 1000;

  /**
   * A target's own words may be part of what is told: they must not reach a terminal as they are.
   */
  public Misbehaviour {
    String line = told.replaceAll("\\p{Cntrl}", "?");
    told = line.length() <= LONGEST_TOLD ? line : line.substring(0, LONGEST_TOLD) + "...";
  }

  /** What a verdict calls it. */
  public enum Family {
    /** The target is gone, or says that it cannot go on. */
    CRASH,
    /** It did not answer in time. */
    TIMEOUT,
    /** It answered what the protocol does not allow. */
    PROTOCOL_ERROR,
    /** It used more than it may. */
    EXCESS,
    /** It does not do what it declared. */
    FALSE_DECLARATION;

    /** The name in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The ways to fail. */
  public enum Kind {
    /** A call into the target threw an exception. */
    EXCEPTION(Family.CRASH),
    /** Its process ended by itself. */
    EXIT(Family.CRASH),
    /** Its process was ended by a signal. */
    SIGNAL(Family.CRASH),
    /** It reported that it cannot go on. */
    GAVE_UP(Family.CRASH),
    /** It could not be started again. */
    NO_START(Family.CRASH),
    /** It did not say what it is in time. */
    HANG_AT_START(Family.TIMEOUT),
    /** One request was not answered in time. */
    HANG_IN_EVENT(Family.TIMEOUT),
    /** A whole sequence was not done in time. */
    HANG_IN_SEQUENCE(Family.TIMEOUT),
    /** It closed its output, and goes on running. */
    END_OF_STREAM(Family.PROTOCOL_ERROR),
    /** It wrote a line that is too long. */
    OVER_LONG_LINE(Family.PROTOCOL_ERROR),
    /** It wrote a line that is no JSON object. */
    INVALID_JSON(Family.PROTOCOL_ERROR),
    /** It answered another request than the one that was asked. */
    WRONG_NUMBER(Family.PROTOCOL_ERROR),
    /** It wrote more lines than it was asked for. */
    UNASKED_LINE(Family.PROTOCOL_ERROR),
    /** An answer has an unknown or missing field, or a value that cannot be. */
    IMPOSSIBLE_VALUE(Family.PROTOCOL_ERROR),
    /** It wrote more to its outputs than it may. */
    OUTPUT_FLOOD(Family.EXCESS),
    /** Its memory grew beyond the limit. */
    MEMORY_GROWTH(Family.EXCESS),
    /** It said that it does not serve what it was asked, and it is asked only what it declared. */
    UNSUPPORTED(Family.FALSE_DECLARATION),
    /** It declares that it reports (level 3), and did not. */
    NO_REPORT(Family.FALSE_DECLARATION),
    /** It declares write tracking, and a store to a table that it derived from got by. */
    UNTRACKED_STORE(Family.FALSE_DECLARATION);

    private final Family family;

    Kind(Family family) {
      this.family = family;
    }

    public Family family() {
      return family;
    }

    /** The name in reports. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String KIT = "io.vtlb.conformance.";

  /** A failure without last words. */
  public Misbehaviour(Kind kind, String detail, String told) {
    this(kind, detail, told, "");
  }

  /** A call threw this; told with the topmost place that is neither Java's nor the kit's. */
  public static Misbehaviour threw(Throwable failure) {
    String what = failure.toString().lines().map(String::strip).collect(Collectors.joining(" "));
    String place =
        Arrays.stream(failure.getStackTrace())
            .filter(Misbehaviour::isTargets)
            .findFirst()
            .map(frame ->
                " at %s.%s(%s:%d)"
                    .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
            .orElse("");
    return new Misbehaviour(
        Kind.EXCEPTION, failure.getClass().getName(), "the target threw " + what + place);
  }

  /**
   * The target does not do what it declared.
   *
   * @param detail what it declared, or its own words
   */
  static Misbehaviour declaredFalsely(Kind kind, String detail, String told) {
    return new Misbehaviour(kind, detail, told);
  }

  /** True if the target does not do what it declared. */
  public boolean isFalseDeclaration() {
    return kind.family() == Family.FALSE_DECLARATION;
  }

  private static boolean isTargets(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith(KIT);
  }

  /** A value that cannot be. */
  public static Misbehaviour impossible(String told) {
    return new Misbehaviour(Kind.IMPOSSIBLE_VALUE, "", told);
  }

  /** True if the target failed in the same way, whatever the words. */
  public boolean sameAs(Misbehaviour other) {
    return kind == other.kind && detail.equals(other.detail);
  }
}
