package io.vtlb.conformance.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.sweep.WitnessQuestion.Word;
import io.vtlb.conformance.sweep.manual.Formulation;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.target.GuestMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sample, handed to witnesses that are right, wrong, or decline. */
class WitnessSampleTest {

  private static final long SMALL = 10_000;
  private static final List<SweptMode> PAE = List.of(SweptMode.pae());

  /** A witness that is the model, playing the processor. */
  private static final class ModelWitness implements AccessWitness {

    private final boolean setsDirtyOnLoads;

    ModelWitness(boolean setsDirtyOnLoads) {
      this.setsDirtyOnLoads = setsDirtyOnLoads;
    }

    @Override
    public String name() {
      return "the model itself";
    }

    @Override
    public WitnessAnswer answer(WitnessQuestion question) {
      Subject model = Subject.model(question.profile());
      List<Word> memory = question.memory();
      GuestWalk walk = model.walk(new Words(memory), question.control(), question.access().page());
      int outcome = model.outcome(walk.end(), question.access(), question.control());
      if (outcome != Formulation.COMPLETES
          || !(walk.end() instanceof GuestWalk.End.Reached(Translation found))) {
        return new WitnessAnswer.Faulted(outcome, question.access().address(), memory);
      }
      boolean store = question.access().isStore();
      long target =
          PageSize.address(
              found.frame(question.access().page()), PageSize.offset(question.access().address()));
      List<Word> after = new ArrayList<>(memory);
      for (GuestWalk.Step step : walk.steps()) {
        boolean dirty = step.equals(walk.last()) && (store || setsDirtyOnLoads);
        after.replaceAll(
            word -> word.address() == step.address() ? with(word, dirty ? 0x60 : 0x20) : word);
      }
      long value =
          memory.stream().filter(word -> word.address() == target).findFirst().get().value();
      if (store) {
        after.replaceAll(word ->
            word.address() == target
                ? new Word(word.address(), word.bytes(), question.stored())
                : word);
      }
      return new WitnessAnswer.Completed(value, after);
    }

    private static Word with(Word word, long bits) {
      return new Word(word.address(), word.bytes(), word.value() | bits);
    }
  }

  private record Words(List<Word> words) implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      for (Word word : words) {
        if (word.address() == physicalAddress && word.bytes() == bytes) {
          return word.value();
        }
      }
      return 0;
    }

    @Override
    public boolean compareAndSet(long address, int bytes, long expected, long replacement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      throw new UnsupportedOperationException();
    }
  }

  private static WitnessResult ask(AccessWitness witness, List<SweptMode> modes) {
    return new WitnessSample(modes, SMALL).ask(witness, asked -> {});
  }

  @Test
  void thereAreAtLeastTwoHundredThousand() {
    assertTrue(new WitnessSample(SweptModeTest.ALL).size() >= WitnessSample.SIZE);
    for (SweptMode mode : SweptModeTest.ALL) {
      long size = new WitnessSample(List.of(mode)).size();
      assertTrue(size >= WitnessSample.SIZE && size < 2 * WitnessSample.SIZE, mode.name());
    }
  }

  @Test
  void aWitnessThatIsRightIsFoundRight() {
    WitnessResult result = ask(new ModelWitness(false), SweptModeTest.ALL);
    assertEquals(List.of(), result.shown());
    assertEquals(0, result.disagreements());
    assertEquals(result.sampled(), result.compared());
    assertEquals(new WitnessSample(SweptModeTest.ALL, SMALL).size(), result.sampled());
    assertEquals(Optional.of("the model itself"), result.witness());
  }

  @Test
  void aDirtyBitTooManyIsFound() {
    WitnessResult result = ask(new ModelWitness(true), PAE);
    assertTrue(result.disagreements() > 0);
    assertEquals(Tally.SHOWN, result.shown().size());
    assertTrue(result.shown().getFirst().contains("answered completes with 0x"));
  }

  @Test
  void aWrongFaultAddressIsFound() {
    AccessWitness wrong =
        new AccessWitness() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public WitnessAnswer answer(WitnessQuestion question) {
            return new ModelWitness(false).answer(question) instanceof WitnessAnswer.Faulted faulted
                ? new WitnessAnswer.Faulted(faulted.code(), 0, faulted.after())
                : new WitnessAnswer.Declined("only faults");
          }
        };
    WitnessResult result = ask(wrong, PAE);
    assertEquals(result.compared(), result.disagreements());
    assertEquals(Map.of("only faults", result.sampled() - result.compared()), result.declined());
  }

  @Test
  void everyQuestionFitsIntoASmallMemory() {
    AccessWitness measuring =
        new AccessWitness() {
          @Override
          public String name() {
            return "measuring";
          }

          @Override
          public WitnessAnswer answer(WitnessQuestion question) {
            for (Word word : question.memory()) {
              assertTrue(
                  word.address() >= 0 && word.address() < WitnessQuestion.MEMORY_BYTES,
                  word.toString());
            }
            return new WitnessAnswer.Declined("measured");
          }
        };
    assertEquals(0, ask(measuring, SweptModeTest.ALL).compared());
  }
}
