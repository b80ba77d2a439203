package io.vtlb.conformance.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AD-3: no other bit of guest memory changes, whenever and whosever it is. */
class ScribblingTargetTest {

  private static final long DATA = 0x8000;

  @Test
  void whileAMachineIsCreated() {
    assertEquals(
        Verdict.Kind.FAILS,
        Verdict.of(
                Plans.run(() ->
                    new WrappedVmm() {
                      @Override
                      public void create(VmBlueprint blueprint, GuestMemory memory) {
                        super.create(blueprint, memory);
                        memory.store(DATA, 4, 0xBAD);
                      }
                    }))
            .kind());
  }

  @Test
  void inAnotherMachine() {
    assertEquals(
        Verdict.Kind.FAILS,
        Verdict.of(
                Plans.run(() ->
                    new WrappedVmm() {
                      private final Map<Integer, GuestMemory> memories = new HashMap<>();

                      @Override
                      public void create(VmBlueprint blueprint, GuestMemory memory) {
                        memories.put(blueprint.vm(), memory);
                        super.create(blueprint, memory);
                      }

                      @Override
                      public Response handle(Event event) {
                        memories.forEach((vm, memory) -> {
                          if (vm != event.vcpu().vm()) {
                            memory.store(DATA, 4, 0xBAD);
                          }
                        });
                        return super.handle(event);
                      }
                    }))
            .kind());
  }
}
