package io.vtlb.conformance.trace;

import io.vtlb.conformance.trace.RecordedStep.Exchange;
import io.vtlb.conformance.trace.RecordedStep.Followed;
import io.vtlb.conformance.trace.RecordedStep.Happening;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Report;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Traces of any content that the format admits, with the limits of each range drawn often. */
public final class RandomTraces {

  private static final List<String> MODES =
      List.of("none", "32-bit", "PAE", "4-level", "5-level", "mixed");

  private final Random random;
  private final List<Machine> machines = new ArrayList<>();
  private Profile profile = Profile.GENERIC_32;

  /** One trace for each instance. */
  public RandomTraces(Random random) {
    this.random = random;
  }

  /** The trace. */
  public RecordedTrace next() {
    World world = world();
    RandomHostOperations host = new RandomHostOperations(random, world);
    List<Operation> operations = list(12, () -> operation(host));
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
    profile =
        new Profile(
            string(),
            any(Vendor.class),
            pick(32, 36, 40, 52),
            Stream.of(Capability.values())
                .filter(one -> random.nextInt(4) > 0)
                .collect(Collectors.toSet()),
            random.nextBoolean());
    long[] host = {0};
    machines.addAll(list(3, () -> machine(host)));
    machines.add(machine(host));
    return new World(
        MODES.get(random.nextInt(MODES.size())),
        profile,
        new Caching(any(Caching.Policy.class), random.nextLong()),
        machines);
  }

  private Machine machine(long[] host) {
    long limit = 1L << (profile.physicalAddressBits() - 12);
    List<HostRange> ranges = new ArrayList<>();
    TreeSet<Long> words = new TreeSet<>();
    long guest = random.nextInt(100);
    for (int i = random.nextInt(4); i > 0; i--) {
      int frames = pick(1, 2, 1000);
      host[0] += random.nextInt(5);
      ranges.add(
          random.nextInt(ranges.size() + 1),
          new HostRange(guest, host[0], frames, random.nextInt(4) == 0));
      words.add(guest << 12 | random.nextInt(1024) << 2);
      words.add(guest << 12 | random.nextInt(4) << 2);
      words.add(((guest + frames - 1) << 12) + 0xffc);
      guest += frames + random.nextInt(5);
      host[0] += frames;
    }
    if (random.nextBoolean()) {
      ranges.add(new HostRange(limit - 1, host[0]++, 1));
      words.add((limit << 12) - 4);
    }
    return new Machine(
        vcpus(),
        new HostMap(ranges),
        words.stream().map(address -> new Machine.Word(address, random.nextInt())).toList());
  }

  private List<VcpuState> vcpus() {
    List<VcpuState> vcpus =
        list(
            2,
            () ->
                new VcpuState(
                    control(),
                    random.nextInt(4),
                    random.nextBoolean(),
                    random.nextBoolean() ? 0 : random.nextInt()));
    vcpus.add(new VcpuState(control(), random.nextInt(4)));
    return vcpus;
  }

  private Operation operation(RandomHostOperations host) {
    return switch (random.nextInt(6)) {
      case 0 -> host.next();
      case 1 -> new AtRead(pick(1, 3, Integer.MAX_VALUE), inside(host));
      default -> operation();
    };
  }

  private Operation inside(RandomHostOperations host) {
    int bytes = pick(4, 8);
    return switch (random.nextInt(4)) {
      case 0 -> new GuestOperation.Store(vcpu(), linear(), value(bytes), bytes);
      case 1 -> foreignStore(bytes);
      default -> host.ofFrames();
    };
  }

  private GuestOperation operation() {
    Vcpu vcpu = vcpu();
    int bytes = pick(4, 8);
    return switch (random.nextInt(11)) {
      case 0 -> new GuestOperation.Load(vcpu, linear(), bytes);
      case 1 -> new GuestOperation.Store(vcpu, linear(), value(bytes), bytes);
      case 2 -> new GuestOperation.Fetch(vcpu, linear(), bytes);
      case 3 -> new GuestOperation.InvalidatePage(vcpu, bits());
      case 4 -> new GuestOperation.WriteControl(vcpu, any(ControlRegister.class), bits());
      case 5 -> new GuestOperation.ChangePrivilege(vcpu, random.nextInt(4));
      case 6 ->
          new GuestOperation.InvalidatePcid(
              vcpu, any(InvalidationType.class), pick(0, 1, 4095), bits());
      case 7 -> new GuestOperation.WriteProtectionKeyRights(vcpu, random.nextInt());
      case 8 -> new GuestOperation.ChangeAlignmentCheck(vcpu, random.nextBoolean());
      default -> foreignStore(bytes);
    };
  }

  /** Where the machine has memory at the start, or anywhere. */
  private GuestOperation foreignStore(int bytes) {
    Vcpu vcpu = vcpu();
    List<Machine.Word> words = machines.get(vcpu.vm()).words();
    long address =
        words.isEmpty() || random.nextInt(4) == 0
            ? bits() >>> (Long.SIZE - profile.physicalAddressBits())
            : words.get(random.nextInt(words.size())).physicalAddress();
    return new GuestOperation.ForeignStore(vcpu, address & -bytes, value(bytes), bytes);
  }

  private RecordedStep step(boolean last) {
    List<Happening> happenings = new ArrayList<>(list(3, this::happening));
    if (last && random.nextBoolean()) {
      happenings.add(new Exchange(event(), list(1, this::hostResponse), Optional.empty()));
      return new RecordedStep(happenings, Optional.empty());
    }
    return new RecordedStep(happenings, Optional.of(observation()));
  }

  private Happening happening() {
    return random.nextInt(4) == 0
        ? new Followed(hostResponse())
        : new Exchange(event(), list(2, this::hostResponse), Optional.of(response()));
  }

  private HostResponse hostResponse() {
    return new HostResponse(list(3, this::drop), Set.copyOf(list(3, this::bits)));
  }

  private Event event() {
    return switch (random.nextInt(5)) {
      case 0 -> {
        AccessKind kind = any(AccessKind.class);
        int bytes = pick(4, 8);
        int pkru = random.nextBoolean() ? 0 : random.nextInt();
        Access access = new Access(linear(), kind, any(PrivilegeSet.class), pkru, bytes);
        yield new Event.PageFault(
            vcpu(), access, code(), kind == AccessKind.STORE ? value(bytes) : 0);
      }
      case 1 -> new Event.InvalidatePage(vcpu(), bits());
      case 2 ->
          new Event.InvalidatePcid(vcpu(), any(InvalidationType.class), pick(0, 1, 4095), bits());
      case 3 ->
          new Event.ControlWrite(
              vcpu(), any(ControlRegister.class), bits(), recorded(), recorded());
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
    return new Response(
        action,
        list(3, this::drop),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Report(any(EventCause.class), any(ResyncKind.class))));
  }

  private ProcessorDrop drop() {
    return random.nextBoolean()
        ? new ProcessorDrop.Everything(claimed())
        : new ProcessorDrop.Page(claimed(), random.nextLong());
  }

  private Observation observation() {
    return switch (random.nextInt(7)) {
      case 0 -> new Observation.Completed();
      case 1 -> new Observation.Loaded(random.nextLong());
      case 2 -> new Observation.ReachedDevice();
      case 3 -> new Observation.PageFaulted(code(), random.nextLong());
      case 4 -> new Observation.GeneralProtection();
      case 5 -> new Observation.InvalidOpcode();
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
    int vm = random.nextInt(machines.size());
    return new Vcpu(vm, random.nextInt(machines.get(vm).vcpus().size()));
  }

  /** A virtual CPU that a target may name, although it need not exist. */
  private Vcpu claimed() {
    return new Vcpu(pick(0, 1, Integer.MAX_VALUE), pick(0, 7));
  }

  /** A state that a processor of the profile can be in; drawn until one is. */
  private ControlState control() {
    while (true) {
      long paging = random.nextInt(4) == 0 ? 0 : ControlState.CR0_PG;
      long active =
          profile.has(Capability.LONG_MODE) && paging != 0 && random.nextBoolean()
              ? ControlState.EFER_LME | ControlState.EFER_LMA
              : 0;
      ControlState drawn =
          new ControlState(
              paging | ControlState.CR0_PE | (random.nextInt() & 0x6005_003EL),
              (random.nextLong() & 0xF_FFFF_FFFF_FFFFL)
                  >>> (random.nextBoolean() ? 52 - profile.physicalAddressBits() : 40),
              sparse() & (profile.has(Capability.SMEP) ? 0x77_1FFFL : 0x2_1FFFL),
              active | (random.nextInt() & (1 | ControlState.EFER_NXE)),
              pdptes());
      if (ImpossibleState.of(drawn, profile).isEmpty()) {
        return drawn;
      }
    }
  }

  /** One bit in four. */
  private long sparse() {
    long drawn = random.nextLong();
    return drawn & random.nextLong();
  }

  private PdpteRegisters pdptes() {
    return random.nextBoolean()
        ? PdpteRegisters.NONE
        : new PdpteRegisters(List.of(0L, 0x1001L, bits() & ~1, random.nextInt() & 0x7FFF_F019L));
  }

  /** A state as a run may have left it. */
  private ControlState recorded() {
    return random.nextBoolean()
        ? control()
        : new ControlState(bits(), bits(), bits(), bits(), pdptes());
  }

  private FaultCode code() {
    return new FaultCode(random.nextBoolean() ? random.nextInt(64) : random.nextInt());
  }

  private long linear() {
    return bits() & ~3L;
  }

  private long value(int bytes) {
    return bytes == 4 ? Integer.toUnsignedLong((int) bits()) : bits();
  }

  private long bits() {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextLong();
      case 1 -> Integer.toUnsignedLong(random.nextInt());
      default -> pick(0, 0x1000, -1);
    };
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
