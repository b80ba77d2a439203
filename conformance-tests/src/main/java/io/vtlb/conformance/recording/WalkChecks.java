package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordedFact.Element;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks each recorded walk by walking the recorded entries again: whether it succeeds, the entries
 * it reads, the error code, and the A and D bits that it sets.
 */
final class WalkChecks {

  private final Tally tally;

  WalkChecks(Tally tally) {
    this.tally = tally;
  }

  WalkVerdict check(RecordedFact.Walk walk, ModeInForce mode) {
    return switch (mode) {
      case ModeInForce.Unchecked(String reason) -> {
        tally.skip("walk", reason);
        tally.walkSkipped();
        yield new WalkVerdict.Skipped(walk.line(), walk.address(), reason);
      }
      case ModeInForce.Modelled(ControlState control, AccessModel model) ->
          judge(walk, control.with(ControlRegister.CR3, walk.cr3()), model);
    };
  }

  private JudgedWalk judge(RecordedFact.Walk walk, ControlState control, AccessModel model) {
    Access access =
        new Access(
            walk.address(),
            walk.kind(),
            PrivilegeSet.of(
                walk.user() ? 3 : 0, walk.alignmentCheck() && !walk.implicit(), control));
    RecordedEntries entries = new RecordedEntries(walk.entries(), model.mode().levels().size());
    Prediction prediction = model.predict(access, control, entries);
    boolean agrees = agrees(walk, prediction, entries.mismatch());
    tally.checked("walk");
    tally.walkChecked(agrees);
    return new JudgedWalk(walk, access, control, model.mode(), prediction, agrees);
  }

  private boolean agrees(RecordedFact.Walk walk, Prediction prediction, @Nullable String mismatch) {
    Optional<FaultCode> code = prediction.code();
    if (!tally.compare(
        CheckKind.OUTCOME,
        walk.line(),
        mismatch == null && code.isPresent() == walk.code().isPresent(),
        () -> outcome(walk.code()) + ": " + describe(walk),
        () -> mismatch == null ? outcome(code) : mismatch)) {
      return false;
    }
    if (code.isPresent()) {
      return tally.compare(
          CheckKind.ERROR_CODE,
          walk.line(),
          code.equals(walk.code()),
          () -> outcome(walk.code()) + ": " + describe(walk),
          () -> outcome(code));
    }
    return tally.compare(
        CheckKind.ACCESSED_DIRTY,
        walk.line(),
        new HashSet<>(walk.updates()).equals(new HashSet<>(prediction.updates())),
        () -> bits(walk.updates()) + ": " + describe(walk),
        () -> bits(prediction.updates()));
  }

  static String outcome(Optional<FaultCode> code) {
    return code.map(bits -> "faults with " + bits).orElse("succeeds");
  }

  static String bits(List<BitUpdate> updates) {
    return updates.isEmpty()
        ? "sets no A or D bit"
        : "sets " + updates.stream().map(BitUpdate::toString).collect(Collectors.joining(" "));
  }

  private static String describe(RecordedFact.Walk walk) {
    return "%s by %s of 0x%x, CR3 0x%x, entries %s"
        .formatted(
            walk.kind().name().toLowerCase(Locale.ROOT),
            walk.user() ? "user" : "supervisor",
            walk.address(),
            walk.cr3(),
            walk.entries().stream().map(WalkChecks::describe).collect(Collectors.joining(" ")));
  }

  private static String describe(Element entry) {
    return "0x" + Long.toHexString(entry.value());
  }
}
