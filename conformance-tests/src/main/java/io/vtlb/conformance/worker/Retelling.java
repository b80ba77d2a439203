package io.vtlb.conformance.worker;

import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.trace.RecordedStep;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.operation.AtRead;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** Tells a listener what was recorded elsewhere, in the order in which it happened. */
final class Retelling {

  private Retelling() {}

  /**
   * Tells a whole run.
   *
   * @param operations how many operations had begun; the last may have left no record
   */
  static void to(StepListener listener, RecordedTrace trace, int operations) {
    List<AtRead> scheduled = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      Operation operation = trace.sequence().operations().get(i);
      listener.operation(operation);
      if (operation instanceof AtRead point) {
        scheduled.add(point);
      }
      RecordedStep step = trace.steps().get(i);
      for (RecordedStep.Happening happening : step.happenings()) {
        tell(listener, happening, operation, scheduled);
      }
      step.observation().ifPresent(listener::observation);
      if (operation instanceof GuestOperation) {
        scheduled.clear();
      }
    }
  }

  private static void tell(
      StepListener listener,
      RecordedStep.Happening happening,
      Operation operation,
      List<AtRead> scheduled) {
    switch (happening) {
      case RecordedStep.Exchange exchange -> {
        listener.event(exchange.event());
        List<HostOperation> host = hostOperations(scheduled);
        int known = Math.min(host.size(), exchange.meanwhile().size());
        for (int i = 0; i < known; i++) {
          listener.followed(host.get(i), exchange.meanwhile().get(i));
        }
        exchange.response().ifPresent(listener::response);
      }
      case RecordedStep.Followed(HostResponse response) -> {
        if (operation instanceof HostOperation host) {
          listener.followed(host, response);
        }
      }
    }
  }

  private static List<HostOperation> hostOperations(List<AtRead> scheduled) {
    return scheduled.stream()
        .map(AtRead::operation)
        .filter(HostOperation.class::isInstance)
        .map(HostOperation.class::cast)
        .toList();
  }
}
