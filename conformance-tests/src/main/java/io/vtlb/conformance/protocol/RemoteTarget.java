package io.vtlb.conformance.protocol;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.conformance.trace.Hex;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the two kinds of target in another process have in common: they are asked over a
 * conversation, create machines, and hold a copy of guest memory or ask for it.
 */
final class RemoteTarget implements MemoryMirror {

  private final Greeting greeting;
  private final Conversation conversation;
  private final MemoryWrites memories = new MemoryWrites();
  private final Map<Integer, List<Machine.Word>> initial = new LinkedHashMap<>();
  private final Map<Integer, Map<Long, Integer>> stored = new LinkedHashMap<>();

  /** How many requests went out whose acknowledgements have not been read. */
  private int toldAhead;

  RemoteTarget(Greeting greeting, Conversation conversation) {
    this.greeting = greeting;
    this.conversation = conversation;
  }

  Description description() {
    return greeting.description();
  }

  boolean asksForMemory() {
    return greeting.asksForMemory();
  }

  @Override
  public void holds(int vm, List<Machine.Word> words) {
    initial.put(vm, words);
    stored.remove(vm);
  }

  @Override
  public void stored(int vm, long physicalAddress, int bytes, long value) {
    if (!asksForMemory()) {
      Map<Long, Integer> words = stored.computeIfAbsent(vm, unseen -> new LinkedHashMap<>());
      for (int offset = 0; offset < bytes; offset += Integer.BYTES) {
        words.put(physicalAddress + offset, (int) (value >>> (offset * Byte.SIZE)));
      }
    }
  }

  void create(VmBlueprint blueprint, GuestMemory memory) {
    memories.add(blueprint.vm(), memory);
    ObjectNode request = Conversation.request("create").put("vm", blueprint.vm());
    SharedForms.put(request, blueprint);
    if (!asksForMemory()) {
      SharedForms.put(request, initial.getOrDefault(blueprint.vm(), List.of()));
    }
    ask(request, "create of machine " + blueprint.vm());
    answer().acknowledge();
  }

  /** Brings the target's copy of guest memory up to date, before something else is asked. */
  void tellStores() {
    for (Map.Entry<Integer, Map<Long, Integer>> machine : stored.entrySet()) {
      List<Machine.Word> words = new ArrayList<>(machine.getValue().size());
      machine.getValue().forEach((address, value) -> words.add(new Machine.Word(address, value)));
      ObjectNode request = Conversation.request("stores").put("vm", machine.getKey());
      SharedForms.put(request, words);
      ask(request, "stores");
      toldAhead++;
    }
    stored.clear();
    if (conversation.goesOneByOne()) {
      acknowledgeTold();
    }
  }

  void ask(ObjectNode request, String words) {
    conversation.ask(request, words);
  }

  /** The same, by the text of a request that is asked often. */
  void ask(String request, String words) {
    conversation.ask(request, words);
  }

  boolean mayAskAhead() {
    return !asksForMemory() && conversation.mayAskAhead();
  }

  /** The answer to the earliest request, once the target has read and written what it asks for. */
  Answer answer() {
    acknowledgeTold();
    return served(conversation.answer());
  }

  /** The same, or nothing where the answer is one whose {@link Answer#rest} is known. */
  Optional<Answer> answerOtherThan(String known) {
    acknowledgeTold();
    return conversation.answerOtherThan(known).map(this::served);
  }

  private void acknowledgeTold() {
    for (; toldAhead > 0; toldAhead--) {
      conversation.answerOtherThan(Answer.ACKNOWLEDGED).ifPresent(Answer::acknowledge);
    }
  }

  private Answer served(Answer first) {
    Answer line = first;
    while (asksForMemory() && (line.has("read") || line.has("write"))) {
      serve(line);
      line = conversation.insteadOf(line);
    }
    return line;
  }

  /** Other requests may be asked and answered inside the read. */
  private void serve(Answer line) {
    ObjectNode reply = SharedForms.object();
    reply.put("n", line.number());
    if (line.has("read")) {
      long value =
          line.value(fields -> {
            fields.only("a read", "n", "read");
            return memories.read(fields.object("read"));
          });
      reply.put("value", Hex.of(value));
    } else {
      boolean done =
          line.value(fields -> {
            fields.only("a write", "n", "write");
            return memories.write(fields.object("write"));
          });
      reply.put("done", done);
    }
    conversation.reply(reply);
  }

  /** Does the writes of an answer. */
  void performWrites(Answer answer) {
    if (answer.has("writes")) {
      answer.value(memories::perform);
    }
  }
}
