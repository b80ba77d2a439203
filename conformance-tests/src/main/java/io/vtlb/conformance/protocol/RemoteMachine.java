package io.vtlb.conformance.protocol;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A whole machine in another process. */
final class RemoteMachine implements GuestMachine, MemoryMirror {

  private static final List<String> OBSERVED = List.of("n", "observation", "writes");

  private final RemoteTarget target;

  RemoteMachine(RemoteTarget target) {
    this.target = target;
  }

  @Override
  public Description describe() {
    return target.description();
  }

  @Override
  public void holds(int vm, List<Machine.Word> words) {
    target.holds(vm, words);
  }

  @Override
  public void stored(int vm, long physicalAddress, int bytes, long value) {
    target.stored(vm, physicalAddress, bytes, value);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    target.create(blueprint, memory);
  }

  @Override
  public Observation perform(GuestOperation operation) {
    target.tellStores();
    ObjectNode request = Conversation.request("perform");
    SharedForms.put(request, operation);
    target.ask(request, request.get("op").asString());
    Answer answer = target.answer();
    Observation seen = answer.value(fields -> SharedForms.observation(fields, OBSERVED));
    target.performWrites(answer);
    return seen;
  }
}
