package io.vtlb.conformance.recording;

import io.vtlb.model.machine.FaultCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks how each page-fault event was classified: handed to the guest, which would have had the
 * fault alone (claim 7), or resolved by the hypervisor, because the guest's own structure permits
 * the access (claim 9). Checks the code and address of every page fault that the guest was given as
 * well.
 */
final class FaultEventChecks {

  private static final int PAGE_FAULT_VECTOR = 14;

  private static final String DEVICE =
      "device access: answered from an entry that marks a device, without a guest walk";
  private static final String NO_PAGING = "no paging: the guest has no structure to walk";
  private static final String NO_WALK = "no guest walk before the answer";
  private static final String NO_ANSWER = "no answer recorded before the next exit";
  private static final String RETRIED = "retried without an answer";
  private static final String UNKNOWN_ANSWER = "an answer of unknown meaning";

  private static final String UNPROTECT_WALK =
      "injection: walks that failed while an event was being delivered, and no fault: KVM's attempt to"
          + " unprotect a page walks with the user bit, and drops a failure";

  private final Tally tally;
  private boolean deliveringEvent;
  private @Nullable OpenEvent event;
  private @Nullable WalkVerdict lastWalk;
  private @Nullable JudgedWalk unreportedFailure;

  FaultEventChecks(Tally tally) {
    this.tally = tally;
  }

  /** An event between its page fault and its answer. */
  private static final class OpenEvent {

    final RecordedFact.PageFault fault;
    @Nullable WalkVerdict deciding;
    RecordedFact.@Nullable Injection injection;

    OpenEvent(RecordedFact.PageFault fault) {
      this.fault = fault;
    }
  }

  void on(RecordedFact.Exit exit) {
    settleFailure();
    end();
    deliveringEvent = exit.delivering();
    lastWalk = null;
  }

  void on(RecordedFact.PageFault fault) {
    end();
    event = new OpenEvent(fault);
    lastWalk = null;
  }

  void on(WalkVerdict walk) {
    settleFailure();
    lastWalk = walk;
    if (walk instanceof JudgedWalk judged && judged.recorded().code().isPresent()) {
      unreportedFailure = judged;
    }
    if (event != null && event.fault.address() == walk.address()) {
      event.deciding = walk;
    }
  }

  void on(RecordedFact.Injection injection) {
    unreportedFailure = null;
    if (event != null) {
      event.injection = injection;
    }
    switch (lastWalk) {
      case null -> tally.skip("inject_pf", "no guest walk before it");
      case WalkVerdict.Skipped skipped -> tally.skip("inject_pf", skipped.reason());
      case JudgedWalk walk -> {
        tally.checked("inject_pf");
        Optional<FaultCode> code = walk.prediction().code();
        tally.compare(
            CheckKind.INJECTION,
            injection.line(),
            injection.vector() == PAGE_FAULT_VECTOR
                && code.equals(Optional.of(injection.code()))
                && injection.address() == walk.address(),
            () ->
                "the guest is given vector %s, code %s, address 0x%x"
                    .formatted(injection.vector(), injection.code(), injection.address()),
            () ->
                code.map(bits -> "vector 14, code %s, address 0x%x".formatted(bits, walk.address()))
                    .orElse("no fault: the walk succeeds"));
      }
    }
  }

  void on(RecordedFact.Answer answer) {
    OpenEvent answered = event;
    if (answered == null) {
      return;
    }
    event = null;
    String unchecked = unchecked(answered, answer);
    if (unchecked != null) {
      tally.skip("pf", unchecked);
    } else if (answered.deciding instanceof JudgedWalk walk) {
      classify(answered, walk, answer);
    }
  }

  /** Why an event cannot be checked, or null. */
  private static @Nullable String unchecked(OpenEvent event, RecordedFact.Answer answer) {
    if (event.deciding instanceof WalkVerdict.Skipped skipped) {
      return skipped.reason();
    }
    if (event.deciding == null) {
      return answer.pagingOff() ? NO_PAGING : NO_WALK;
    }
    if (event.injection != null) {
      return null;
    }
    return switch (answer.answer()) {
      case "fixed", "emulate", "spurious" -> null;
      case "retry" -> RETRIED;
      default -> UNKNOWN_ANSWER;
    };
  }

  private void classify(OpenEvent event, JudgedWalk walk, RecordedFact.Answer answer) {
    tally.checked("pf");
    RecordedFact.Injection injection = event.injection;
    Optional<FaultCode> code = walk.prediction().code();
    tally.compare(
        CheckKind.CLASSIFICATION,
        injection == null ? answer.line() : injection.line(),
        code.isPresent() == (injection != null),
        () ->
            "the page fault of line %s at 0x%x is %s"
                .formatted(
                    event.fault.line(),
                    event.fault.address(),
                    injection == null
                        ? "resolved by the hypervisor (" + answer.answer() + ")"
                        : "handed to the guest"),
        () ->
            code.map(bits -> "the guest's own fault: its walk gives " + bits)
                .orElse("to be resolved: the guest's structure permits the access"));
  }

  /** An event that no answer followed. */
  private void end() {
    if (event != null) {
      tally.skip("pf", event.fault.deviceMark() ? DEVICE : NO_ANSWER);
      event = null;
    }
  }

  /** A walk failed, and the guest was given no fault for it. */
  private void settleFailure() {
    JudgedWalk walk = unreportedFailure;
    unreportedFailure = null;
    if (walk == null) {
      return;
    }
    if (deliveringEvent) {
      tally.remark(UNPROTECT_WALK);
    } else {
      tally.compare(
          CheckKind.INJECTION,
          walk.line(),
          walk.prediction().code().isEmpty(),
          () -> "the guest is given no fault after this walk",
          () -> WalkChecks.outcome(walk.prediction().code()));
    }
  }

  /** The recording is over; what it had no room for is not held against it. */
  void finish() {
    end();
  }
}
