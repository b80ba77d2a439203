package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.Words;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;
import java.util.Optional;

/**
 * The request for the entries of one virtual CPU and privilege set, and the last answer to it: both
 * are the same again after most events, and then neither is written nor read anew.
 */
final class EntriesQuery {

  private final String request;
  private String known = "";
  private List<ActiveEntry> entries = List.of();

  EntriesQuery(Vcpu vcpu, PrivilegeSet set) {
    request =
        Conversation.text(
            Conversation.request("entries")
                .put("vm", vcpu.vm())
                .put("vcpu", vcpu.index())
                .put("set", Words.of(set)));
  }

  /** Asks, without waiting for the answer. */
  void ask(RemoteTarget target) {
    target.ask(request, "entries");
  }

  /** What the answer shows; the same list as long as it stays the same. */
  List<ActiveEntry> answer(RemoteTarget target) {
    Optional<Answer> other = target.answerOtherThan(known);
    if (other.isPresent()) {
      entries = List.copyOf(other.get().value(EntriesAnswer::read));
      known = other.get().rest();
    }
    return entries;
  }
}
