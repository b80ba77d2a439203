package io.vtlb.conformance.fault;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Follows some of what the host does only in part. */
final class HostDeviation implements Deviation {

  private enum Part {
    /** Not at all: the right target never hears of it. */
    NOTHING,
    /** Its structures follow; no processor is asked to drop anything. */
    WITHOUT_DROPS,
    /** It forgets the machine in name only, and takes it up again as it was. */
    WITHOUT_FORGETTING
  }

  private final Predicate<HostOperation> concerned;
  private final Part part;
  private final Map<Integer, Integer> vcpus = new HashMap<>();

  private HostDeviation(Predicate<HostOperation> concerned, Part part) {
    this.concerned = concerned;
    this.part = part;
  }

  /** Ignores operations of a kind. */
  static Deviation ignores(Predicate<HostOperation> concerned) {
    return new HostDeviation(concerned, Part.NOTHING);
  }

  /** Follows operations of a kind without asking processors to drop anything. */
  static Deviation keepsInProcessors(Predicate<HostOperation> concerned) {
    return new HostDeviation(concerned, Part.WITHOUT_DROPS);
  }

  /** A machine that is created again finds what it left. */
  static Deviation keepsDestroyedMachines() {
    return new HostDeviation(
        operation -> operation instanceof HostOperation.DestroyMachine, Part.WITHOUT_FORGETTING);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory, VirtualTlb right) {
    boolean isNew = vcpus.put(blueprint.vm(), blueprint.vcpus().size()) == null;
    if (isNew || part != Part.WITHOUT_FORGETTING) {
      right.create(blueprint, memory);
    }
  }

  @Override
  public HostResponse follow(HostOperation operation, VirtualTlb right) {
    if (!concerned.test(operation)) {
      return right.follow(operation);
    }
    return switch (part) {
      case NOTHING -> HostResponse.dropping(List.of());
      case WITHOUT_DROPS -> new HostResponse(List.of(), right.follow(operation).dirtyFrames());
      case WITHOUT_FORGETTING -> HostResponse.dropping(everythingOf(operation.vm()));
    };
  }

  private List<ProcessorDrop> everythingOf(int vm) {
    return IntStream.range(0, vcpus.getOrDefault(vm, 0))
        .<ProcessorDrop>mapToObj(index -> new ProcessorDrop.Everything(new Vcpu(vm, index)))
        .toList();
  }
}
