package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.CellMeter;
import io.vtlb.conformance.cell.CellSet;
import io.vtlb.model.control.Invpcid;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.monitor.Monitor;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.trace.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fresh target in a world, with guest, processor and monitor around it: performs operation after
 * operation, and throws at the first violation.
 */
final class GuestExecution {

  private static final Observation COMPLETED = new Observation.Completed();
  private static final Observation INVALID = new Observation.InvalidOpcode();
  private static final Observation PROTECTED = new Observation.GeneralProtection();

  private final Profile profile;
  private final Description described;
  private final Target target;
  private final Monitor monitor;
  private final CellMeter meter;
  private final GuestComputer computer;
  private final OperationPlayer player;
  private final SchedulePoints points = new SchedulePoints();
  private final @Nullable HostPlayer host;
  private final @Nullable WriteTracking tracking;
  private final Map<Integer, Vcpu> running = new HashMap<>();

  GuestExecution(World world, Target anyTarget, Set<Rule> rules, StepListener listener) {
    this.profile = world.profile();
    Walker walker = new Walker(profile);
    this.described = TargetCall.of(anyTarget::describe);
    this.monitor = new Monitor(walker, described, rules);
    this.meter = new CellMeter(walker);
    MemoryMirror mirror = anyTarget instanceof MemoryMirror told ? told : MemoryMirror.NONE;
    this.computer = new GuestComputer(world, monitor, meter, mirror);
    Declarations declarations = new Declarations(vcpu -> computer.cpu(vcpu).mode());
    switch (anyTarget) {
      case VirtualTlb tlb -> {
        GuardedTlb guarded = new GuardedTlb(tlb, declarations, listener);
        this.target = guarded;
        WriteTracking watched = new WriteTracking(described, walker, computer, guarded);
        this.host = new HostPlayer(computer, guarded, monitor, listener, points, watched);
        this.tracking = watched;
        this.player =
            new EventDrivenPlayer(
                computer, guarded, monitor, meter, listener, host, points, watched);
      }
      case GuestMachine machine -> {
        GuardedMachine guarded = new GuardedMachine(machine, declarations, listener);
        this.target = guarded;
        this.player = new ObservedPlayer(guarded, monitor);
        this.host = null;
        this.tracking = null;
      }
    }
  }

  Tally tally() {
    return monitor.tally();
  }

  /** The cells that events fell into; none where the target has no events. */
  CellSet cells() {
    return meter.cells();
  }

  /** Has the target create every machine. */
  void start() {
    for (int vm = 0; vm < computer.count(); vm++) {
      computer.create(vm, target, points::watch);
    }
    if (target instanceof GuardedTlb tlb) {
      for (int vm = 0; vm < computer.count(); vm++) {
        BrokenRule.check(monitor.created(tlb, vm));
      }
    }
  }

  /** Says what is going to happen; nothing depends on it but what is measured. */
  void expect(List<Operation> operations) {
    operations.forEach(meter::expect);
  }

  /** Performs one operation; returns what the guest saw. */
  Observation play(Operation operation) {
    return switch (operation) {
      case AtRead point -> {
        points.add(point);
        yield COMPLETED;
      }
      case HostOperation change -> {
        points.clear();
        follow(change);
        yield COMPLETED;
      }
      case GuestOperation guest -> {
        Observation seen = computer.has(guest.vcpu()) ? playGuest(guest) : COMPLETED;
        points.clear();
        yield seen;
      }
    };
  }

  /** A whole machine has no host that the kit could play. */
  private void follow(HostOperation operation) {
    if (host != null) {
      host.perform(operation);
    }
  }

  private Observation playGuest(GuestOperation operation) {
    GuestCpu cpu = computer.cpu(operation.vcpu());
    if (!(operation instanceof GuestOperation.ForeignStore)) {
      schedule(cpu);
    }
    return switch (operation) {
      case GuestOperation.Load load ->
          access(cpu, load, AccessKind.LOAD, load.address(), load.bytes(), 0);
      case GuestOperation.Store store ->
          access(cpu, store, AccessKind.STORE, store.address(), store.bytes(), store.value());
      case GuestOperation.Fetch fetch ->
          access(cpu, fetch, AccessKind.FETCH, fetch.address(), fetch.bytes(), 0);
      case GuestOperation.ForeignStore store -> {
        storeForeign(cpu.name().vm(), store);
        yield COMPLETED;
      }
      case GuestOperation.InvalidatePage invalidate -> invalidatePage(cpu, invalidate);
      case GuestOperation.InvalidatePcid invalidate -> invalidatePcid(cpu, invalidate);
      case GuestOperation.WriteControl write -> writeControl(cpu, write);
      case GuestOperation.WriteProtectionKeyRights write -> writeProtectionKeyRights(cpu, write);
      case GuestOperation.ChangeAlignmentCheck change -> {
        cpu.setAlignmentCheck(change.alignmentCheck());
        yield player.unseen(cpu, change, COMPLETED);
      }
      case GuestOperation.ChangePrivilege change -> {
        int from = cpu.cpl();
        cpu.run(change.cpl());
        yield player.changePrivilege(
            cpu, change, new Event.PrivilegeChange(cpu.name(), from, change.cpl()));
      }
    };
  }

  private void storeForeign(int vm, GuestOperation.ForeignStore store) {
    if (tracking != null) {
      tracking.foreign(vm, store);
    } else {
      computer.storeForeign(vm, store.physicalAddress(), store.bytes(), store.value());
    }
  }

  /**
   * A virtual CPU is judged as it resumes: after another one of its machine ran, or after its host
   * changed something.
   */
  private void schedule(GuestCpu cpu) {
    int vm = cpu.name().vm();
    boolean resumes = host != null && host.hasChanged(vm);
    if (computer.hasSeveralVcpus(vm)) {
      Vcpu last = running.put(vm, cpu.name());
      resumes |= last != null && !last.equals(cpu.name());
    }
    if (resumes) {
      player.resume(cpu);
    }
  }

  /** A non-canonical address is a #GP; where there is nothing above 32 bits, it is cut. */
  private Observation access(
      GuestCpu cpu,
      GuestOperation operation,
      AccessKind kind,
      long address,
      int bytes,
      long value) {
    PagingMode mode = cpu.mode();
    long linear = mode.linear(address);
    if (!mode.isCanonical(linear) || !mode.isCanonical(mode.linear(linear + bytes - 1))) {
      return player.unseen(cpu, operation, PROTECTED);
    }
    int here = Math.min(bytes, PageSize.BASE_BYTES - PageSize.offset(linear));
    Access first = new Access(linear, kind, cpu.set(), cpu.pkru(), here);
    List<Access> parts =
        here == bytes
            ? List.of(first)
            : List.of(
                first,
                new Access(mode.linear(linear + here), kind, cpu.set(), cpu.pkru(), bytes - here));
    return player.access(cpu, operation, parts, value);
  }

  /** INVLPG of a non-canonical address does nothing. */
  private Observation invalidatePage(GuestCpu cpu, GuestOperation.InvalidatePage invalidate) {
    if (!cpu.mayExecutePrivileged()) {
      return player.unseen(cpu, invalidate, PROTECTED);
    }
    long linear = cpu.mode().linear(invalidate.address());
    return cpu.mode().isCanonical(linear)
        ? player.intercepted(cpu, invalidate, new Event.InvalidatePage(cpu.name(), linear))
        : player.unseen(cpu, invalidate, COMPLETED);
  }

  /** The address is in memory, 64 bits wide in every mode, so it is not cut. */
  private Observation invalidatePcid(GuestCpu cpu, GuestOperation.InvalidatePcid invalidate) {
    if (!profile.has(Capability.INVPCID)) {
      return player.unseen(cpu, invalidate, INVALID);
    }
    InvalidationType type = invalidate.type();
    long address = invalidate.address();
    boolean legal =
        cpu.mayExecutePrivileged()
            && Invpcid.isLegal(type, invalidate.pcid(), address, cpu.control());
    return legal
        ? player.intercepted(
            cpu, invalidate, new Event.InvalidatePcid(cpu.name(), type, invalidate.pcid(), address))
        : player.unseen(cpu, invalidate, PROTECTED);
  }

  /** A write into a mode that the target does not serve is not done. */
  private Observation writeControl(GuestCpu cpu, GuestOperation.WriteControl write) {
    ControlState before = cpu.control();
    Optional<ControlState> after =
        cpu.mayExecutePrivileged()
            ? RegisterWrite.of(
                write.register(), write.value(), before, profile, computer.memory(cpu.name().vm()))
            : Optional.empty();
    if (after.isEmpty()) {
      return player.unseen(cpu, write, PROTECTED);
    }
    if (!described.serves(PagingMode.of(after.get()).paging())) {
      return COMPLETED;
    }
    cpu.load(after.get());
    return player.intercepted(
        cpu,
        write,
        new Event.ControlWrite(cpu.name(), write.register(), write.value(), before, after.get()));
  }

  private Observation writeProtectionKeyRights(
      GuestCpu cpu, GuestOperation.WriteProtectionKeyRights write) {
    if ((cpu.control().cr4() & ControlState.CR4_PKE) == 0) {
      return player.unseen(cpu, write, INVALID);
    }
    cpu.setPkru(write.value());
    return player.unseen(cpu, write, COMPLETED);
  }
}
