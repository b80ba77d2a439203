package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordingLines.Line;
import io.vtlb.model.machine.ControlState;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays a recording against the model, line by line, in memory that does not grow with its
 * length.
 *
 * <p>What is compared is listed in {@link CheckKind}; every line ends up checked, as context, or
 * skipped for a reason that the report gives.
 */
public final class RecordingChecker {

  private final AccessModel.Factory models;
  private final int maxDisagreements;

  /**
   * A checker against the reference model.
   *
   * @param maxDisagreements how many disagreements a report lists; all are counted
   */
  public RecordingChecker(int maxDisagreements) {
    this(ArchitecturalModel::new, maxDisagreements);
  }

  RecordingChecker(AccessModel.Factory models, int maxDisagreements) {
    if (maxDisagreements < 0) {
      throw new IllegalArgumentException(
          "maxDisagreements must be 0 or more, not " + maxDisagreements);
    }
    this.models = models;
    this.maxDisagreements = maxDisagreements;
  }

  /**
   * Checks one recording.
   *
   * @param file plain or gzipped JSON Lines
   * @param progress told how many bytes of the file have been read so far
   * @throws BadRecording if the file or one of its lines cannot be read
   */
  public RecordingReport check(Path file, LongConsumer progress) throws BadRecording {
    try (RecordingLines lines = RecordingLines.open(file, progress)) {
      Line first = lines.next();
      if (first == null) {
        throw new BadRecording(0, "is empty; name a recording (.jsonl or .jsonl.gz)");
      }
      Replay replay = replay(RecordingHeader.read(RecordFields.parse(first)));
      for (@Nullable Line line = lines.next(); line != null; line = lines.next()) {
        replay.on(FactReader.read(RecordFields.parse(line)));
      }
      return replay.finish();
    }
  }

  /** A replay of the recording with this header, to which its facts are told in order. */
  Replay replay(RecordingHeader header) {
    return new Replay(header, models, new Tally(maxDisagreements));
  }

  /** The checks of one recording, and the control state in force. */
  static final class Replay {

    private final RecordingHeader header;
    private final Tally tally;
    private final Models models;
    private final RegisterChecks registers;
    private final WalkChecks walks;
    private final FaultEventChecks events;
    private final ActiveEntryChecks entries;
    private final ProbeChecks probes;
    private ModeInForce mode = ModeInForce.UNKNOWN;

    private Replay(RecordingHeader header, AccessModel.Factory factory, Tally tally) {
      this.header = header;
      this.tally = tally;
      tally.context("hdr");
      this.models = new Models(factory, header.profile());
      this.registers = new RegisterChecks(tally, header.profile());
      this.walks = new WalkChecks(tally);
      this.events = new FaultEventChecks(tally);
      this.entries = new ActiveEntryChecks(tally, header.profile());
      this.probes = new ProbeChecks(tally, models, header.emulatedProcessor());
    }

    void on(RecordedFact fact) {
      switch (fact) {
        case RecordedFact.Mode change -> on(change);
        case RecordedFact.RegisterWritten write -> registers.check(write);
        case RecordedFact.Walk walk -> {
          WalkVerdict verdict = walks.check(walk, mode);
          events.on(verdict);
          entries.on(verdict);
        }
        case RecordedFact.Exit exit -> {
          tally.context("exit");
          events.on(exit);
          entries.onBreak();
        }
        case RecordedFact.PageFault fault -> {
          events.on(fault);
          entries.onEvent();
        }
        case RecordedFact.Answer answer -> {
          tally.context("pf_ret");
          events.on(answer);
          entries.onAnswer();
        }
        case RecordedFact.Injection injection -> events.on(injection);
        case RecordedFact.EntryRequest request -> entries.on(request);
        case RecordedFact.EntrySet set -> entries.on(set);
        case RecordedFact.DeviceMark mark -> entries.on(mark);
        case RecordedFact.Emulation emulation -> {
          tally.context("emul");
          entries.onBreak();
        }
        case RecordedFact.EmulatedStore store -> entries.on(store);
        case RecordedFact.Probe probe -> probes.check(probe);
        case RecordedFact.Other other -> OtherRecords.count(other.kind(), tally);
      }
    }

    private void on(RecordedFact.Mode change) {
      ControlState control = change.control();
      PagingRole role = PagingRole.of(control);
      tally.checked("mode");
      tally.compare(
          CheckKind.CONTROL,
          change.line(),
          role.equals(change.role()),
          () -> change.role().toString(),
          () -> role + ", by " + RegisterChecks.describe(control));
      registers.check(change);
      mode = models.of(control);
    }

    RecordingReport finish() {
      events.finish();
      return tally.report(header);
    }
  }
}
