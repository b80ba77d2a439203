package io.vtlb.conformance.smoke;

/**
 * One message of the target protocol, or the call that stands for it.
 *
 * @param question what kind of request it is
 * @param subject which event or operation it is about, such as {@code page-fault}; empty if its
 *     kind says it all
 */
public record Message(Question question, String subject) {

  static Message of(Question question) {
    return new Message(question, "");
  }

  static Message event(String word) {
    return new Message(Question.EVENT, word);
  }

  /** A name with the subject behind it, if there is one. */
  String named(String name) {
    return subject.isEmpty() ? name : name + " " + subject;
  }

  @Override
  public String toString() {
    return named(question.word());
  }
}
