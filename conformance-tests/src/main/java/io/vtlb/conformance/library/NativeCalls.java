package io.vtlb.conformance.library;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls into a library, with the memory that they need, which serves one sequence after
 * another.
 *
 * <p>Other calls may come inside that of an event, while the library reads guest memory; each
 * function has structs of its own, and none is called inside itself.
 */
final class NativeCalls {

  private static final int SETS = PrivilegeSet.values().length;

  private final Functions functions;
  private final Arena arena;
  private final GuestCalls guest;
  private final MemorySegment event;
  private final MemorySegment response;
  private final MemorySegment operation;
  private @Nullable HostResponseStruct hostResponse;

  /** By machine, virtual CPU and privilege set. */
  private final List<List<EntryList>> entries = new ArrayList<>();

  /**
   * @param arena how long the library may be called
   */
  NativeCalls(Functions functions, Arena arena) {
    this.functions = functions;
    this.arena = arena;
    guest = new GuestCalls(arena);
    event = arena.allocate(Layouts.EVENT);
    response = arena.allocate(Layouts.RESPONSE);
    operation = arena.allocate(Layouts.HOST_OPERATION);
    for (int vm = 0; vm < GuestCalls.MOST_MACHINES; vm++) {
      entries.add(new ArrayList<>());
    }
  }

  /** A new instance. */
  long begin() {
    long instance = functions.callNew();
    if (instance == 0) {
      throw Result.gaveUp("vtlb_new", "returned NULL");
    }
    return instance;
  }

  /** Ends an instance, with all that the library was shown for it. */
  void end(long instance) {
    functions.callDelete(instance);
    guest.clear();
  }

  void create(
      long instance, VmBlueprint blueprint, GuestMemory memory, @Nullable MachineWindow window) {
    int vm = blueprint.vm();
    List<EntryList> lists = entries.get(vm);
    lists.forEach(EntryList::clear);
    while (lists.size() < blueprint.vcpus().size() * SETS) {
      lists.add(new EntryList(arena));
    }
    long seen = guest.add(vm, memory, window);
    try (Arena call = Arena.ofConfined()) {
      int result = functions.callCreate(instance, MachineStruct.write(blueprint, seen, call));
      guest.check();
      Result.require(
          result,
          "vtlb_create",
          "machine " + vm + " with " + blueprint.vcpus().size() + " virtual CPUs");
    }
  }

  Response handle(long instance, Event asked) {
    EventStruct.write(asked, event);
    response.fill((byte) 0);
    int result = functions.callHandle(instance, event.address(), response.address());
    guest.check();
    Result.require(result, "vtlb_handle", asked);
    return ResponseStruct.read(response);
  }

  List<ActiveEntry> entries(long instance, Vcpu vcpu, PrivilegeSet set) {
    int number = Numbers.of(set);
    return entries
        .get(vcpu.vm())
        .get(vcpu.index() * SETS + number)
        .ask((address, room) -> {
          long count =
              functions.callEntries(instance, vcpu.vm(), vcpu.index(), number, address, room);
          guest.check();
          return count;
        });
  }

  HostResponse follow(long instance, HostOperation asked) {
    HostResponseStruct answer = hostResponse;
    if (answer == null) {
      answer = new HostResponseStruct(arena);
      hostResponse = answer;
    }
    HostOperationStruct.write(asked, operation);
    answer.clear();
    int result = functions.callFollow(instance, operation.address(), answer.address());
    guest.check();
    Result.require(result, Functions.FOLLOW, asked);
    if (asked instanceof HostOperation.DestroyMachine destroy) {
      guest.remove(destroy.vm());
    }
    return answer.read();
  }
}
