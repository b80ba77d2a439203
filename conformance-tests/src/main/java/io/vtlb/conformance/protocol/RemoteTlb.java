package io.vtlb.conformance.protocol;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.DestroyMachine;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A virtual TLB in another process.
 *
 * <p>What is shown of its active structure is asked for together with each event, as far as it was
 * looked at after the event before: waiting once costs less than waiting for each list.
 */
final class RemoteTlb implements VirtualTlb, MemoryMirror {

  /** What one list of entries is for. */
  private record Place(Vcpu vcpu, PrivilegeSet set) {}

  private static final List<String> RESPONSE = List.of("n", "action", "drops", "report", "writes");

  private final RemoteTarget target;
  private final Map<Place, EntriesQuery> queries = new HashMap<>();
  private final Map<Place, List<ActiveEntry>> shown = new HashMap<>();
  private final Set<Place> looked = new LinkedHashSet<>();

  RemoteTlb(RemoteTarget target) {
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
    changed();
    target.create(blueprint, memory);
  }

  @Override
  public Response handle(Event event) {
    ObjectNode request = request("event");
    SharedForms.put(request, event);
    return exchange(
        request, request.get("event").asString(), fields -> SharedForms.response(fields, RESPONSE));
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    ObjectNode request = request("follow");
    SharedForms.put(request, operation);
    if (operation instanceof DestroyMachine destroy) {
      looked.removeIf(place -> place.vcpu().vm() == destroy.vm());
    }
    return exchange(
        request,
        request.get("op").asString(),
        fields -> {
          fields.only("the answer to follow", "n", "drops", "dirtyFrames", "writes");
          return SharedForms.hostResponse(fields);
        });
  }

  private ObjectNode request(String word) {
    target.tellStores();
    return Conversation.request(word);
  }

  /** Asks something that may change what is shown, and what is shown after it. */
  private <T> T exchange(ObjectNode request, String words, Answer.Reading<T> reading) {
    List<Place> places = List.copyOf(looked);
    changed();
    target.ask(request, words);
    List<Place> ahead = new ArrayList<>(places.size());
    for (Place place : places) {
      if (target.mayAskAhead()) {
        query(place).ask(target);
        ahead.add(place);
      }
    }
    Answer answer = target.answer();
    // Before what was asked ahead: whoever says no may be gone by then.
    T value = answer.value(reading);
    // What was looked at inside the event, at one of its reads, is not what is shown after it.
    shown.clear();
    for (Place place : ahead) {
      shown.put(place, query(place).answer(target));
    }
    target.performWrites(answer);
    return value;
  }

  private void changed() {
    shown.clear();
    looked.clear();
  }

  @Override
  public List<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    Place place = new Place(vcpu, set);
    looked.add(place);
    List<ActiveEntry> known = shown.get(place);
    if (known == null) {
      EntriesQuery query = query(place);
      query.ask(target);
      known = query.answer(target);
      shown.put(place, known);
    }
    return known;
  }

  private EntriesQuery query(Place place) {
    return queries.computeIfAbsent(place, unseen -> new EntriesQuery(place.vcpu(), place.set()));
  }
}
