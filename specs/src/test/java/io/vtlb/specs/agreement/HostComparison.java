package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the reference VMM makes of the host's doing with what the definitions make of it.
 */
final class HostComparison {

  private static final Value ABSENT = DescribedMachine.ABSENT;
  private static final Function BACKING_AFTER = Smt.function("backing-after");
  private static final Function ACTIVE_AFTER_HOST = Smt.function("active-after-host");
  private static final Function HELD_AFTER_HOST = Smt.function("held-after-host");

  private final Met met;
  private final VirtualTlb vmm;

  HostComparison(Met met, VirtualTlb vmm) {
    this.met = met;
    this.vmm = vmm;
  }

  /** Compares once the host and the VMM have done their part. */
  void compare(DescribedMachine of, HostOperation operation, HostResponse response) {
    if (operation instanceof HostOperation.StartDirtyLog
        || operation instanceof HostOperation.HarvestDirtyLog) {
      of.startPeriod();
    }
    compareBacking(of, operation);
    compareRevoked(of, operation, response);
  }

  private static void compareBacking(DescribedMachine of, HostOperation operation) {
    Value.Mapping host = of.host();
    for (long frame = 0; frame < SmallMachine.FRAMES; frame++) {
      Value number = Smt.bits(frame);
      Value after =
          BACKING_AFTER.apply(
              Smt.hostOperation(operation, of.logs(frame)), number, of.host().select(number));
      assertEquals(
          Backing.of(of.machine().memory().hostMap(), frame),
          Backing.withoutLog(after),
          operation.toString());
      host = host.store(number, after);
    }
    of.remap(host);
  }

  private void compareRevoked(DescribedMachine of, HostOperation operation, HostResponse response) {
    Value described = Smt.hostOperation(operation, of.logs());
    Value number = of.number();
    Map<Slot, Value> after = new LinkedHashMap<>();
    of.active()
        .forEach((slot, active) ->
            after.put(slot, ACTIVE_AFTER_HOST.apply(active, of.at(slot), number, described)));
    of.compareShown(vmm, after);
    Set<Slot> changed = new HashSet<>(of.active().keySet());
    changed.removeIf(slot -> of.active(slot).equals(after.get(slot)));
    boolean any = !changed.isEmpty();
    Set<ProcessorDrop> drops =
        any ? Set.of(new ProcessorDrop.Everything(of.machine().vcpu())) : Set.of();
    assertEquals(drops, Set.copyOf(response.drops()));
    of.active()
        .forEach((slot, active) -> {
          boolean also = changed.size() > (changed.contains(slot) ? 1 : 0);
          assertEquals(
              any ? ABSENT : active,
              HELD_AFTER_HOST.apply(
                  active, active, after.getOrDefault(slot, ABSENT), Smt.truth(also)));
          met.add("host", active, after.getOrDefault(slot, ABSENT));
        });
    of.active().putAll(after);
  }
}
