package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Traces of any content that the format admits, with the limits of each range drawn often. */
final class RandomTraces {

  private final Random random;
  private final List<Machine> machines = new ArrayList<>();

  RandomTraces(Random random) {
    this.random = random;
  }

  RecordedTrace next() {
    World world = world();
    List<GuestOperation> operations = list(12, this::operation);
    List<RecordedStep> steps = new ArrayList<>();
    int recorded = random.nextInt(operations.size() + 1);
    for (int i = 0; i < operations.size(); i++) {
      steps.add(i < recorded ? step(i == recorded - 1) : RecordedStep.NONE);
    }
    return new RecordedTrace(
        new Sequence(world, operations),
        steps,
        random.nextBoolean() ? Optional.empty() : Optional.of(verdict(operations.size())));
  }

  private World world() {
    int bits = pick(32, 36, 40, 52);
    Profile profile = new Profile(string(), bits, random.nextBoolean(), random.nextBoolean());
    long[] host = {0};
    machines.addAll(list(3, () -> machine(bits, host)));
    machines.add(machine(bits, host));
    return new World(
        "32-bit", profile, new Caching(any(Caching.Policy.class), random.nextLong()), machines);
  }

  private Machine machine(int bits, long[] host) {
    long limit = 1L << Math.min(28, bits - 12);
    List<HostRange> ranges = new ArrayList<>();
    TreeSet<Long> words = new TreeSet<>();
    long guest = random.nextInt(100);
    for (int i = random.nextInt(4); i > 0; i--) {
      int frames = pick(1, 2, 1000);
      host[0] += random.nextInt(5);
      ranges.add(random.nextInt(ranges.size() + 1), new HostRange(guest, host[0], frames));
      words.add(guest << 12 | random.nextInt(1024) << 2);
      words.add(((guest + frames - 1) << 12) + 0xffc);
      guest += frames + random.nextInt(5);
      host[0] += frames;
    }
    if (random.nextBoolean()) {
      ranges.add(new HostRange(limit - 1, host[0]++, 1));
      words.add((limit << 12) - 4);
    }
    return new Machine(
        List.of(new VcpuState(control(), random.nextInt(4))),
        new HostMap(ranges),
        words.stream().map(address -> new Machine.Word(address, random.nextInt())).toList());
  }

  private GuestOperation operation() {
    Vcpu vcpu = vcpu();
    List<Machine.Word> words = machines.get(vcpu.vm()).words();
    return switch (random.nextInt(words.isEmpty() ? 6 : 7)) {
      case 0 -> new GuestOperation.Load(vcpu, word() & ~3L);
      case 1 -> new GuestOperation.Store(vcpu, word() & ~3L, word());
      case 2 -> new GuestOperation.Fetch(vcpu, word() & ~3L);
      case 3 -> new GuestOperation.InvalidatePage(vcpu, word());
      case 4 -> {
        ControlRegister register = any(ControlRegister.class);
        yield new GuestOperation.WriteControl(vcpu, register, control().get(register));
      }
      case 5 -> new GuestOperation.ChangePrivilege(vcpu, random.nextInt(4));
      default ->
          new GuestOperation.ForeignStore(
              vcpu, words.get(random.nextInt(words.size())).physicalAddress(), word());
    };
  }

  private RecordedStep step(boolean last) {
    List<Exchange> exchanges = new ArrayList<>(list(3, () -> Exchange.of(event(), response())));
    if (last && random.nextBoolean()) {
      exchanges.add(new Exchange(event(), Optional.empty()));
      return new RecordedStep(exchanges, Optional.empty());
    }
    return new RecordedStep(exchanges, Optional.of(observation()));
  }

  private Event event() {
    return switch (random.nextInt(4)) {
      case 0 -> {
        AccessKind kind = any(AccessKind.class);
        Access access =
            new Access(word() & ~3L, kind, any(PrivilegeSet.class), random.nextBoolean());
        yield new Event.PageFault(vcpu(), access, code(), kind == AccessKind.STORE ? word() : 0);
      }
      case 1 -> new Event.InvalidatePage(vcpu(), word());
      case 2 -> new Event.ControlWrite(vcpu(), any(ControlRegister.class), control(), control());
      default -> new Event.PrivilegeChange(vcpu(), random.nextInt(4), random.nextInt(4));
    };
  }

  private Response response() {
    Action action =
        switch (random.nextInt(4)) {
          case 0 -> new Action.Resume();
          case 1 -> new Action.InjectPageFault(code(), random.nextLong());
          case 2 -> new Action.StoreEmulated();
          default -> new Action.DeviceAccess();
        };
    List<ProcessorDrop> drops =
        list(
            3,
            () ->
                random.nextBoolean()
                    ? new ProcessorDrop.Everything(claimed())
                    : new ProcessorDrop.Page(claimed(), random.nextLong()));
    return new Response(
        action,
        drops,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Report(any(EventCause.class), any(ResyncKind.class))));
  }

  private Observation observation() {
    return switch (random.nextInt(6)) {
      case 0 -> new Observation.Completed();
      case 1 -> new Observation.Loaded(random.nextLong());
      case 2 -> new Observation.ReachedDevice();
      case 3 -> new Observation.PageFaulted(code(), random.nextLong());
      case 4 -> new Observation.GeneralProtection();
      default -> new Observation.Stuck(random.nextInt(Integer.MAX_VALUE));
    };
  }

  private RecordedVerdict verdict(int operations) {
    RecordedVerdict.Outcome outcome = any(RecordedVerdict.Outcome.class);
    return new RecordedVerdict(
        string(),
        any(ObservationLevel.class),
        outcome,
        outcome == RecordedVerdict.Outcome.VIOLATION
            ? Optional.of("TLB-" + random.nextInt(20))
            : Optional.empty(),
        random.nextInt(operations + 1),
        string());
  }

  private Vcpu vcpu() {
    return new Vcpu(random.nextInt(machines.size()), 0);
  }

  /** A virtual CPU that a target may name, although it need not exist. */
  private Vcpu claimed() {
    return new Vcpu(pick(0, 1, Integer.MAX_VALUE), pick(0, 7));
  }

  private ControlState control() {
    return new ControlState(
        0x8000_0001L | (random.nextBoolean() ? ControlState.CR0_WP : 0),
        word(),
        pick(0, 0x10, 0x80, 0x90),
        0);
  }

  private FaultCode code() {
    return new FaultCode(random.nextBoolean() ? random.nextInt(32) : random.nextInt());
  }

  private long word() {
    return random.nextBoolean()
        ? Integer.toUnsignedLong(random.nextInt())
        : pick(0, 0x1000, -1) & Hex.MAX_32;
  }

  /** Any characters, halves of surrogate pairs among them. */
  private String string() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append((char) pick(random.nextInt(0x80), random.nextInt(0x1_0000), 0xd83d, 0xde00));
    }
    return text.toString();
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private <E extends Enum<E>> E any(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private <T> List<T> list(int most, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }
}
