package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Exchange.Answer;
import io.vtlb.conformance.smoke.Exchange.MemoryWrite;
import io.vtlb.conformance.trace.Hex;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.conformance.trace.Words;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.ActiveEntry;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of the target protocol.
 *
 * @param dialogue shows whether the target writes guest memory before it answers, or in the answer
 */
record JsonNotation(Dialogue dialogue) implements Notation {

  @Override
  public String name(Message message) {
    return message.toString();
  }

  @Override
  public String form(Question question) {
    return switch (question) {
      case HELLO ->
          "one line with the same n, protocol, name, version, level (1 to 3), modes (at least one)"
              + " and features; memory may be missing";
      case RESET, CREATE, STORES -> "one line with the same n and nothing else";
      case BYE ->
          "one line with the same n and nothing else; then nothing more is written, and the program"
              + " exits with 0";
      case ENTRIES ->
          "one line with the same n and entries, a list; each has page, pages, hostFrame and rights,"
              + " and key if it has one";
      case EVENT ->
          "one line with the same n and action; drops, report (at level 3) and writes may be"
              + " missing";
      case FOLLOW -> "one line with the same n; drops, dirtyFrames and writes may be missing";
      case PERFORM -> "one line with the same n and observation; writes may be missing";
    };
  }

  @Override
  public String place(Question question) {
    return "docs/protocol/README.md#" + question.word();
  }

  @Override
  public String asked(Call call) {
    return SharedForms.line(request(call));
  }

  /** The request without its number. */
  ObjectNode request(Call call) {
    ObjectNode json = SharedForms.object();
    json.put("request", call.message().question().word());
    switch (call) {
      case Call.Create(var blueprint) -> {
        json.put("vm", blueprint.vm());
        SharedForms.put(json, blueprint);
      }
      case Call.Handle(var event) -> SharedForms.put(json, event);
      case Call.Look(var vcpu, var set) ->
          json.put("vm", vcpu.vm()).put("vcpu", vcpu.index()).put("set", Words.of(set));
      case Call.Follow(var operation) -> SharedForms.put(json, operation);
      case Call.Perform(var operation) -> SharedForms.put(json, operation);
    }
    return json;
  }

  @Override
  public List<String> answered(Question question, long number) {
    ObjectNode json = SharedForms.object().put("n", number);
    if (question == Question.HELLO) {
      json.put("protocol", "vtlb-target/1")
          .put("name", "my-tlb")
          .put("version", "0.1")
          .put("level", 2);
      json.putArray("modes").add("32-bit");
      json.putArray("features");
    }
    return List.of(SharedForms.line(json));
  }

  @Override
  public List<String> answered(Exchange exchange, long number) {
    List<String> lines = new ArrayList<>();
    ObjectNode json = SharedForms.object().put("n", number);
    switch (exchange.answer()) {
      case Answer.Done() -> {}
      case Answer.Responded(var response) -> SharedForms.put(json, response);
      case Answer.Shown(var entries) -> put(json.putArray("entries"), entries);
      case Answer.Followed(var response) -> SharedForms.put(json, response);
      case Answer.Observed(var observation) -> SharedForms.put(json, observation);
    }
    if (dialogue.asksForMemory()) {
      for (MemoryWrite write : exchange.writes()) {
        ObjectNode before = SharedForms.object().put("n", number);
        put(before.putObject("write"), write);
        lines.add(SharedForms.line(before));
      }
    } else if (!exchange.writes().isEmpty()) {
      ArrayNode writes = json.putArray("writes");
      exchange.writes().forEach(write -> put(writes.addObject(), write));
    }
    lines.add(SharedForms.line(json));
    return lines;
  }

  private static void put(ArrayNode list, List<ActiveEntry> entries) {
    for (ActiveEntry entry : entries) {
      ObjectNode json =
          list.addObject()
              .put("page", Hex.of(entry.page() & PageSize.PAGE_NUMBER))
              .put("pages", entry.pages())
              .put("hostFrame", Hex.of(entry.hostFrame()))
              .put("rights", entry.rights().toString());
      if (entry.key() != ActiveEntry.NO_KEY) {
        json.put("key", entry.key());
      }
    }
  }

  private static void put(ObjectNode json, MemoryWrite write) {
    json.put("write", write instanceof MemoryWrite.Store ? "store" : "compare-and-set")
        .put("vm", write.vm())
        .put("address", Hex.of(write.address()))
        .put("bytes", write.bytes());
    switch (write) {
      case MemoryWrite.CompareAndSet update ->
          json.put("expected", Hex.of(update.expected()))
              .put("replacement", Hex.of(update.replacement()));
      case MemoryWrite.Store store -> json.put("value", Hex.of(store.value()));
    }
  }
}
