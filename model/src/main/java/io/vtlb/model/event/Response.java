package io.vtlb.model.event;

import io.vtlb.model.machine.FaultCode;
import java.util.List;
import java.util.Optional;

/**
 * How a VMM answers an event.
 *
 * @param action what happens to the guest now
 * @param drops what the processor has to forget before the guest goes on, in order
 * @param report cause and resync, if the target observes itself (level 3)
 */
public record Response(Action action, List<ProcessorDrop> drops, Optional<Report> report) {

  public Response {
    drops = List.copyOf(drops);
  }

  /** A response without a report, dropping nothing. */
  public static Response of(Action action) {
    return new Response(action, List.of(), Optional.empty());
  }

  /** The same response with these requests to the processor. */
  public Response dropping(ProcessorDrop... requested) {
    return new Response(action, List.of(requested), report);
  }

  /** The same response with a report. */
  public Response reporting(EventCause cause, ResyncKind resync) {
    return new Response(action, drops, Optional.of(new Report(cause, resync)));
  }

  /** The answer in the words of the target protocol. */
  @Override
  public String toString() {
    return "%s; drops %s; %s"
        .formatted(
            action,
            drops.isEmpty() ? "nothing" : drops,
            report.map(Report::toString).orElse("no report"));
  }

  /** What happens to the guest after the event. */
  public sealed interface Action {

    /** The guest goes on; an access that faulted is tried again. */
    record Resume() implements Action {

      @Override
      public String toString() {
        return "resume";
      }
    }

    /**
     * The guest receives a page fault (claim 7).
     *
     * @param code the error code
     * @param address the linear address for CR2
     */
    record InjectPageFault(FaultCode code, long address) implements Action {

      @Override
      public String toString() {
        return "inject-page-fault with code %s and address 0x%x".formatted(code, address);
      }
    }

    /**
     * The VMM has done the store itself through {@code GuestMemory.store}; the guest goes on after
     * it.
     */
    record StoreEmulated() implements Action {

      @Override
      public String toString() {
        return "store-emulated";
      }
    }

    /**
     * The access concerns a device; whoever emulates the device completes it and the guest goes on
     * after it.
     */
    record DeviceAccess() implements Action {

      @Override
      public String toString() {
        return "device-access";
      }
    }
  }
}
