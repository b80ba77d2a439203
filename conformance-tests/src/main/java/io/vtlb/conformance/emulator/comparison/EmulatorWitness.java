package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Emulator;
import io.vtlb.conformance.emulator.FetchTag;
import io.vtlb.conformance.emulator.Instruction;
import io.vtlb.conformance.emulator.MemoryImage;
import io.vtlb.conformance.emulator.Probe;
import io.vtlb.conformance.emulator.ProbeResult;
import io.vtlb.conformance.sweep.AccessWitness;
import io.vtlb.conformance.sweep.WitnessAnswer;
import io.vtlb.conformance.sweep.WitnessQuestion;
import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An emulator as the witness of a sweep.
 *
 * <p>An answer that the ledger explains is given as the model has it, and counted; whatever the
 * ledger does not explain is given as the emulator has it.
 */
public final class EmulatorWitness implements AccessWitness {

  private static final int TAG = 0x7E57_0001;

  /** No error code: what is no page fault agrees with nothing. */
  private static final int NO_PAGE_FAULT = 1 << 30;

  private static final int PSE36_BITS = 40;

  private final String name;
  private final Emulators emulators;
  private final Comparison comparison = new Comparison(new ReferenceModel());
  private final Map<KnownDeviation, Long> known = new EnumMap<>(KnownDeviation.class);

  /** A witness that asks these emulators, which it does not close. */
  public EmulatorWitness(String name, Emulators emulators) {
    this.name = name;
    this.emulators = emulators;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Long> explained() {
    Map<String, Long> byId = new TreeMap<>();
    known.forEach((deviation, count) -> byId.put(deviation.id(), count));
    return byId;
  }

  @Override
  public WitnessAnswer answer(WitnessQuestion question) {
    Optional<String> reason = whyNot(question);
    if (reason.isPresent()) {
      return new WitnessAnswer.Declined(reason.get());
    }
    Situation situation = situation(question);
    if (!Emulator.accepts(situation.probe())) {
      return new WitnessAnswer.Declined("memory that the emulator needs, or does not have");
    }
    ProbeResult result =
        emulators.reaching(question.profile().physicalAddressBits()).run(situation.probe());
    return switch (comparison.judge(situation, result)) {
      case Judgement.Agrees agrees -> answer(question, result);
      case Judgement.Known(var deviations, var admitted) -> {
        deviations.forEach(deviation -> known.merge(deviation, 1L, Long::sum));
        yield corrected(question, result, admitted);
      }
      case Judgement.Deviates deviates -> answer(question, result);
    };
  }

  private static Optional<String> whyNot(WitnessQuestion question) {
    Optional<String> reason = EmulatedProfile.whyNot(question.profile());
    if (reason.isPresent()) {
      return reason;
    }
    PagingMode mode = PagingMode.of(question.control());
    if (mode.equals(PagingMode.TWO_LEVEL)
        && question.profile().physicalAddressBits() < PSE36_BITS) {
      return Optional.of("the emulator's PSE-36 reaches 40 bits");
    }
    return question.control().paePaging()
            && PdpteLoad.of(question.control(), question.profile(), memory(question)).isEmpty()
        ? Optional.of("no load leaves such PDPTE registers behind")
        : Optional.empty();
  }

  private static GuestPhysicalMemory memory(WitnessQuestion question) {
    return ModelMemory.of(image(question).words());
  }

  private static Situation situation(WitnessQuestion question) {
    Access access = question.access();
    Probe probe =
        new Probe(
            question.control(),
            question.cpl(),
            question.alignmentCheck(),
            access.pkru(),
            instruction(access),
            access.address(),
            question.stored(),
            image(question).words());
    return new Situation(question.profile(), probe);
  }

  private static Instruction instruction(Access access) {
    boolean wide = access.bytes() == Long.BYTES;
    return switch (access.kind()) {
      case LOAD -> wide ? Instruction.LOAD_8 : Instruction.LOAD_4;
      case STORE -> wide ? Instruction.STORE_8 : Instruction.STORE_4;
      case FETCH -> Instruction.FETCH;
    };
  }

  /** The words of the question, with an instruction for a fetch in the place of its data. */
  private static MemoryImage image(WitnessQuestion question) {
    MemoryImage image = new MemoryImage();
    question.memory().forEach(word -> image.write(word.address(), word.bytes(), word.value()));
    int levels = PagingMode.of(question.control()).levels().size();
    if (question.access().isFetch() && question.memory().size() > levels) {
      image.write(question.memory().getLast().address(), Long.BYTES, FetchTag.word(TAG));
    }
    return image;
  }

  private static WitnessAnswer answer(WitnessQuestion question, ProbeResult result) {
    List<WitnessQuestion.Word> after = after(question, new MemoryImage(result.memory()));
    return switch (result) {
      case ProbeResult.Completed(long value, var memory) ->
          new WitnessAnswer.Completed(value, after);
      case ProbeResult.PageFault(int code, long address, var memory) ->
          new WitnessAnswer.Faulted(code, address, after);
      case ProbeResult.OtherException(int vector, int code, var memory) ->
          new WitnessAnswer.Faulted(NO_PAGE_FAULT | vector, question.access().address(), after);
      case ProbeResult.Refused refused -> new WitnessAnswer.Declined("the state cannot be entered");
      case ProbeResult.Strayed strayed ->
          new WitnessAnswer.Faulted(NO_PAGE_FAULT, strayed.instruction(), after);
    };
  }

  /** What the model admits, where the emulator did what the ledger says. */
  private static WitnessAnswer corrected(
      WitnessQuestion question, ProbeResult result, Prediction admitted) {
    return switch (admitted.outcomes().getFirst()) {
      case Outcome.Completes(var value) ->
          new WitnessAnswer.Completed(value.orElse(0), after(question, admitted.completed()));
      case Outcome.Faults(FaultCode code, long address) ->
          new WitnessAnswer.Faulted(
              code.bits(), address, after(question, admitted.bounded(result.memory())));
      case Outcome.GeneralProtection protection -> new WitnessAnswer.Declined("a #GP");
      case Outcome.Unreachable unreachable -> new WitnessAnswer.Declined("a #GP");
    };
  }

  private static List<WitnessQuestion.Word> after(WitnessQuestion question, MemoryImage image) {
    return question.memory().stream()
        .map(word ->
            new WitnessQuestion.Word(
                word.address(), word.bytes(), image.read(word.address(), word.bytes())))
        .toList();
  }
}
