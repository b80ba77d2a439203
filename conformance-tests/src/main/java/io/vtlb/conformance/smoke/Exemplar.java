package io.vtlb.conformance.smoke;

import io.vtlb.conformance.run.MemoryMirror;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.smoke.Exchange.Answer;
import io.vtlb.conformance.smoke.Exchange.MemoryWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.Sequence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A virtual TLB that is right, in the place of a target; keeps what it is asked and answers. */
final class Exemplar implements VirtualTlb, StepListener, MemoryMirror {

  private final ReferenceVmm reference = new ReferenceVmm();
  private final Description declared;
  private final boolean isMachine;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<MemoryWrite> writes = new ArrayList<>();
  private int operation;
  private Optional<GuestOperation> performing = Optional.empty();

  /**
   * @param target the target in whose place it stands
   */
  private Exemplar(Description target) {
    EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
    features.addAll(target.features());
    // It tracks no writes: its guests need fewer events.
    features.remove(Feature.WRITE_TRACKING);
    isMachine = !target.level().shows(ObservationLevel.ACTIVE_STRUCTURE);
    declared =
        new Description(
            "exemplar",
            "",
            isMachine ? ObservationLevel.ACTIVE_STRUCTURE : target.level(),
            target.modes(),
            features);
  }

  /** What a target of a description might be asked in a sequence, and answer. */
  static List<Exchange> of(Sequence sequence, Description target) {
    Exemplar exemplar = new Exemplar(target);
    SequenceRun.of(sequence, exemplar, Set.of(), exemplar);
    return List.copyOf(exemplar.exchanges);
  }

  @Override
  public Description describe() {
    return declared;
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    reference.create(blueprint, new NotedMemory(blueprint.vm(), memory, writes));
    note(new Call.Create(blueprint), new Answer.Done());
  }

  @Override
  public void holds(int vm, List<Machine.Word> words) {}

  /** A whole machine does its guest's stores itself. */
  @Override
  public void stored(int vm, long physicalAddress, int bytes, long value) {
    if (isMachine) {
      writes.add(new MemoryWrite.Store(vm, physicalAddress, bytes, value));
    }
  }

  @Override
  public Response handle(Event event) {
    Response whole = reference.handle(event);
    Response response =
        declared.level().shows(ObservationLevel.SELF_REPORTING)
            ? whole
            : new Response(whole.action(), whole.drops(), Optional.empty());
    note(new Call.Handle(event), new Answer.Responded(response));
    return response;
  }

  @Override
  public List<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    List<ActiveEntry> entries = List.copyOf(reference.activeEntries(vcpu, set));
    note(new Call.Look(vcpu, set), new Answer.Shown(entries));
    return entries;
  }

  @Override
  public HostResponse follow(HostOperation change) {
    HostResponse response = reference.follow(change);
    note(new Call.Follow(change), new Answer.Followed(response));
    return response;
  }

  @Override
  public void operation(Operation begun) {
    operation++;
    performing =
        begun instanceof GuestOperation guest && isMachine ? Optional.of(guest) : Optional.empty();
  }

  @Override
  public void observation(Observation seen) {
    performing.ifPresent(guest -> {
      exchanges.add(
          new Exchange(operation, new Call.Perform(guest), new Answer.Observed(seen), writes));
      writes.clear();
    });
  }

  /** What happens inside a whole machine is not asked of it. */
  private void note(Call call, Answer answer) {
    if (!isMachine || call instanceof Call.Create) {
      exchanges.add(new Exchange(operation, call, answer, writes));
      writes.clear();
    }
  }

  /** Guest memory whose writes are noted. */
  private record NotedMemory(int vm, GuestMemory memory, List<MemoryWrite> writes)
      implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return memory.read(physicalAddress, bytes);
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replaced) {
      boolean done = memory.compareAndSet(physicalAddress, bytes, expected, replaced);
      if (done) {
        writes.add(new MemoryWrite.CompareAndSet(vm, physicalAddress, bytes, expected, replaced));
      }
      return done;
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
      writes.add(new MemoryWrite.Store(vm, physicalAddress, bytes, value));
    }
  }
}
