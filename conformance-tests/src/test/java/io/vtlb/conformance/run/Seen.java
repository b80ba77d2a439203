package io.vtlb.conformance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.trace.Sequence;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What came of operations that broke no rule.
 *
 * @param observations what the guest saw, one for each operation
 * @param events what reached the VMM
 */
record Seen(List<Observation> observations, List<Event> events) {

  static final Observation COMPLETED = new Observation.Completed();
  static final Observation PROTECTED = new Observation.GeneralProtection();
  static final Observation INVALID = new Observation.InvalidOpcode();

  /** By the reference VMM. */
  static Seen of(World world, GuestOperation... operations) {
    return of(world, new WrappedVmm(), operations);
  }

  static Seen of(World world, VirtualTlb target, GuestOperation... operations) {
    Seen seen = new Seen(new ArrayList<>(), new ArrayList<>());
    StepListener listener =
        new StepListener() {
          @Override
          public void event(Event event) {
            seen.events.add(event);
          }

          @Override
          public void observation(Observation observation) {
            seen.observations.add(observation);
          }
        };
    RunOutcome outcome =
        SequenceRun.of(
            new Sequence(world, List.of(operations)), target, EnumSet.allOf(Rule.class), listener);
    assertInstanceOf(RunOutcome.Conforms.class, outcome, outcome::toString);
    assertEquals(operations.length, seen.observations.size());
    return seen;
  }

  /** What the guest saw of operations by the reference VMM. */
  static List<Observation> by(World world, GuestOperation... operations) {
    return of(world, operations).observations();
  }

  Observation last() {
    return observations.getLast();
  }

  /** What a load of four bytes sees of a word that nobody wrote. */
  static Observation tag(long physicalAddress) {
    return new Observation.Loaded(tagBits(physicalAddress));
  }

  static long tagBits(long physicalAddress) {
    return Integer.toUnsignedLong(GuestPhysicalMemory.tag(0, physicalAddress));
  }
}
