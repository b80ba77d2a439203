package io.vtlb.conformance.smoke;

import io.vtlb.conformance.smoke.Exchange.Answer;
import io.vtlb.conformance.smoke.Exchange.MemoryWrite;
import io.vtlb.conformance.trace.Hex;
import java.util.ArrayList;
import java.util.List;

/** Calls of the methods of VirtualTlb or GuestMachine, with records as they print themselves. */
record JavaNotation() implements Notation {

  private static final String TARGETS = "io.vtlb.model.target.";

  @Override
  public String name(Message message) {
    return message.named(method(message.question()));
  }

  private static String method(Question question) {
    return switch (question) {
      case HELLO -> "describe";
      case RESET, STORES, BYE -> "new";
      case CREATE -> "create";
      case ENTRIES -> "activeEntries";
      case EVENT -> "handle";
      case FOLLOW -> "follow";
      case PERFORM -> "perform";
    };
  }

  @Override
  public String form(Question question) {
    return switch (question) {
      case HELLO -> "a Description, the same each time";
      case RESET, STORES, BYE -> "an object that has run nothing yet";
      case CREATE -> "it returns";
      case ENTRIES -> "a collection of ActiveEntry, not null; no two cover the same page";
      case EVENT -> "a Response, not null, with an action; at level 3 with a report";
      case FOLLOW -> "a HostResponse, not null";
      case PERFORM -> "an Observation, not null";
    };
  }

  @Override
  public String place(Question question) {
    return switch (question) {
      case HELLO, RESET, STORES, BYE, CREATE -> TARGETS + "Target." + method(question);
      case ENTRIES, EVENT, FOLLOW -> TARGETS + "VirtualTlb." + method(question);
      case PERFORM -> TARGETS + "GuestMachine." + method(question);
    };
  }

  @Override
  public String asked(Call call) {
    return switch (call) {
      case Call.Create(var blueprint) ->
          "create(VmBlueprint[vm=%d, vcpus=%s, …], memory)"
              .formatted(blueprint.vm(), blueprint.vcpus());
      case Call.Look(var vcpu, var set) -> "activeEntries(%s, %s)".formatted(vcpu, set);
      case Call.Handle(var event) -> "handle(" + event + ")";
      case Call.Follow(var operation) -> "follow(" + operation + ")";
      case Call.Perform(var operation) -> "perform(" + operation + ")";
    };
  }

  @Override
  public List<String> answered(Question question, long number) {
    return List.of();
  }

  @Override
  public List<String> answered(Exchange exchange, long number) {
    List<String> lines = new ArrayList<>();
    exchange.writes().forEach(write -> lines.add(write(write)));
    lines.add(
        switch (exchange.answer()) {
          case Answer.Done() -> "returns";
          case Answer.Responded(var response) -> response.toString();
          case Answer.Shown(var entries) -> entries.toString();
          case Answer.Followed(var response) -> response.toString();
          case Answer.Observed(var observation) -> observation.toString();
        });
    return lines;
  }

  private static String write(MemoryWrite write) {
    return switch (write) {
      case MemoryWrite.CompareAndSet update ->
          "memory.compareAndSet(%sL, %d, %sL, %sL)"
              .formatted(
                  Hex.of(update.address()),
                  update.bytes(),
                  Hex.of(update.expected()),
                  Hex.of(update.replacement()));
      case MemoryWrite.Store store ->
          "memory.store(%sL, %d, %sL)"
              .formatted(Hex.of(store.address()), store.bytes(), Hex.of(store.value()));
    };
  }
}
