package io.vtlb.conformance.protocol;

import io.vtlb.conformance.trace.BadTrace;
import io.vtlb.conformance.trace.Fields;
import io.vtlb.conformance.trace.Hex;
import io.vtlb.conformance.trace.RequestForms;
import io.vtlb.conformance.trace.SharedForms;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One sequence of a {@link ServedTarget}: a fresh target, and the machines that it was given. */
final class Session {

  private final Wire wire;
  private final Target target;
  private final boolean asks;
  private final TreeMap<Integer, Machine> machines = new TreeMap<>();
  private final Map<Integer, CopiedMemory> copies = new HashMap<>();
  private final ArrayNode writes = SharedForms.object().putArray("writes");
  private @Nullable Profile profile;
  private long underway;

  /**
   * @param target has run nothing yet
   * @param asks true if guest memory is asked for
   */
  Session(Wire wire, Target target, boolean asks) {
    this.wire = wire;
    this.target = target;
    this.asks = asks;
  }

  /** Answers a request, which may come while another one is answered. */
  void serve(Wire.Request request) {
    long outer = underway;
    underway = request.number();
    ObjectNode answer;
    try {
      answer = answer(request.word(), request.fields());
      answer.put("n", request.number());
    } catch (BadTrace e) {
      answer = error(request, e);
    }
    if (!writes.isEmpty()) {
      answer.set("writes", writes.deepCopy());
      writes.removeAll();
    }
    underway = outer;
    wire.send(answer);
  }

  void acknowledge(Wire.Request request) {
    wire.send(
        request.fields().isEmpty()
            ? SharedForms.object().put("n", request.number())
            : SharedForms.object()
                .put("n", request.number())
                .put("error", request.word() + " has fields: " + request.fields()));
  }

  static ObjectNode error(Wire.Request request, BadTrace problem) {
    return SharedForms.object().put("n", request.number()).put("error", problem.problem());
  }

  private ObjectNode answer(String word, ObjectNode request) throws BadTrace {
    Fields fields = RequestForms.fields(request);
    if (word.equals("create")) {
      return create(request, fields);
    }
    if (word.equals("stores") && !asks) {
      return stores(fields);
    }
    return switch (target) {
      case VirtualTlb tlb ->
          switch (word) {
            case "event" -> RequestForms.answer(tlb.handle(RequestForms.event(request, world())));
            case "entries" -> entries(tlb, fields);
            case "follow" -> follow(tlb, request);
            default -> throw unknown(word, fields);
          };
      case GuestMachine machine -> {
        if (!word.equals("perform")) {
          throw unknown(word, fields);
        }
        yield perform(machine, request);
      }
    };
  }

  private static BadTrace unknown(String word, Fields fields) {
    return fields.bad("request", "\"" + word + "\" is not asked of this target");
  }

  private World world() {
    return new World(
        "mixed",
        Objects.requireNonNull(profile, "no machine"),
        new Caching(Caching.Policy.NEVER, 0),
        new ArrayList<>(machines.values()));
  }

  private ObjectNode create(ObjectNode request, Fields fields) throws BadTrace {
    int vm = fields.number("vm", 0, 15);
    if (vm > machines.size()) {
      throw fields.bad("vm", "machines before it are missing");
    }
    Profile seen = RequestForms.profile(request);
    request.remove(List.of("vm", "profile"));
    if (asks == fields.has("words")) {
      throw fields.bad("words", "are for who keeps a copy of memory, and only for those");
    }
    if (asks) {
      request.putArray("words");
    }
    Machine machine = RequestForms.machine(request, seen);
    profile = seen;
    machines.put(vm, machine);
    target.create(
        new VmBlueprint(vm, machine.vcpus(), machine.hostMap(), seen), memory(vm, machine));
    return SharedForms.object();
  }

  private GuestMemory memory(int vm, Machine machine) {
    if (asks) {
      return new AskedMemory(vm, wire, () -> underway, this::serve);
    }
    CopiedMemory copy = new CopiedMemory(vm, machine, writes);
    copies.put(vm, copy);
    return copy;
  }

  private ObjectNode stores(Fields fields) throws BadTrace {
    fields.only("stores", "vm", "words");
    CopiedMemory copy = copies.get(fields.number("vm", 0, 15));
    if (copy == null) {
      throw fields.bad("vm", "there is no such machine");
    }
    List<Machine.Word> words = new ArrayList<>();
    for (Fields word : fields.objects("words")) {
      word.only("a word", "address", "value");
      words.add(new Machine.Word(word.aligned("address", 4), (int) word.word("value")));
    }
    copy.change(words);
    return SharedForms.object();
  }

  private ObjectNode entries(VirtualTlb tlb, Fields fields) throws BadTrace {
    fields.only("entries", "vm", "vcpu", "set");
    Vcpu vcpu = new Vcpu(fields.number("vm", 0, 15), fields.number("vcpu", 0, 7));
    ObjectNode answer = SharedForms.object();
    ArrayNode list = answer.putArray("entries");
    for (ActiveEntry entry : tlb.activeEntries(vcpu, fields.word("set", PrivilegeSet.class))) {
      ObjectNode json = list.addObject();
      json.put("page", Hex.of(entry.page() & PageSize.PAGE_NUMBER));
      json.put("pages", entry.pages());
      json.put("hostFrame", Hex.of(entry.hostFrame()));
      json.put(
          "rights",
          (entry.rights().read() ? "r" : "-")
              + (entry.rights().write() ? "w" : "-")
              + (entry.rights().execute() ? "x" : "-"));
      if (entry.key() != ActiveEntry.NO_KEY) {
        json.put("key", entry.key());
      }
    }
    return answer;
  }

  private ObjectNode follow(VirtualTlb tlb, ObjectNode request) throws BadTrace {
    Operation operation = RequestForms.operation(request, world());
    if (!(operation instanceof HostOperation host)
        || operation instanceof HostOperation.CreateMachine) {
      throw RequestForms.fields(request).bad("op", "is nothing that a target follows");
    }
    CopiedMemory copy = copies.get(host.vm());
    if (copy != null) {
      copy.follow(host);
    }
    return RequestForms.answer(tlb.follow(host));
  }

  private ObjectNode perform(GuestMachine machine, ObjectNode request) throws BadTrace {
    Operation operation = RequestForms.operation(request, world());
    if (!(operation instanceof GuestOperation guest)
        || operation instanceof GuestOperation.ForeignStore) {
      throw RequestForms.fields(request).bad("op", "is no operation that a machine performs");
    }
    return RequestForms.answer(machine.perform(guest));
  }
}
