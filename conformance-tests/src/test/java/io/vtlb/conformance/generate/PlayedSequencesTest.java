package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.model.event.Event;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of generated operations when they are played: enough of everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlayedSequencesTest {

  private static final int SEQUENCES = 300;

  private final Map<ModeChoice, Played> runs = new TreeMap<>();

  /** Counts what the guest saw, by words. */
  private static final class Played implements StepListener {

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> modeChanges = new HashSet<>();
    private String operation = "";

    @Override
    public void operation(io.vtlb.model.operation.Operation next) {
      operation =
          switch (next) {
            case GuestOperation.Load load -> access(load.address(), load.bytes());
            case GuestOperation.Fetch fetch -> access(fetch.address(), fetch.bytes());
            case GuestOperation.Store store -> access(store.address(), store.bytes());
            case GuestOperation.WriteControl write -> "write " + write.register();
            default -> next.getClass().getSimpleName();
          };
    }

    private static String access(long address, int bytes) {
      return PageSize.offset(address) + bytes > PageSize.BASE_BYTES ? "crossing" : "access";
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.ControlWrite write) {
        PagingMode before = PagingMode.of(write.before());
        PagingMode after = PagingMode.of(write.after());
        if (!before.equals(after)) {
          modeChanges.add(before.name() + " to " + after.name());
        }
      }
    }

    @Override
    public void observation(Observation observation) {
      counts.merge(operation + ": " + outcome(observation), 1, Integer::sum);
      if (observation instanceof Observation.PageFaulted fault) {
        counts.merge("fault: " + reason(fault.code()), 1, Integer::sum);
      }
    }

    private static String outcome(Observation observation) {
      return switch (observation) {
        case Observation.Completed completed -> "completes";
        case Observation.Loaded loaded -> "completes";
        case Observation.ReachedDevice device -> "completes";
        case Observation.PageFaulted fault -> "#PF";
        case Observation.GeneralProtection protection -> "#GP";
        case Observation.InvalidOpcode invalid -> "#UD";
        case Observation.Stuck stuck -> "stuck";
      };
    }

    private static String reason(FaultCode code) {
      boolean key = (code.bits() & FaultCode.PROTECTION_KEY) != 0;
      return key ? "key" : code.reserved() ? "reserved" : code.present() ? "rights" : "not present";
    }

    int count(String what) {
      return counts.getOrDefault(what, 0);
    }
  }

  private Played played(ModeChoice modes) {
    return runs.computeIfAbsent(
        modes,
        any -> {
          Played played = new Played();
          SequenceGenerator generator = new SequenceGenerator(23, 40, modes, true);
          for (int number = 0; number < SEQUENCES; number++) {
            SequenceRun.of(
                generator.sequence(number), new ReferenceVmm(), EnumSet.of(Rule.INIT_1), played);
          }
          return played;
        });
  }

  private void assertSome(ModeChoice modes, String... what) {
    Played played = played(modes);
    for (String one : what) {
      assertTrue(played.count(one) > 0, one + " never occurs: " + played.counts);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aboutHalfOfTheAccessesComplete(ModeChoice modes) {
    Played played = played(modes);
    double completes = played.count("access: completes");
    double share = completes / (completes + played.count("access: #PF"));
    assertTrue(share > 0.42 && share < 0.75, "share " + share + " of " + played.counts);
  }

  @ParameterizedTest
  @EnumSource
  void accessesFaultForEveryReason(ModeChoice modes) {
    assertSome(modes, "fault: not present", "fault: rights", "fault: reserved");
  }

  @ParameterizedTest
  @EnumSource
  void crossingAccessesCompleteAndFault(ModeChoice modes) {
    assertSome(modes, "crossing: completes", "crossing: #PF");
  }

  @ParameterizedTest
  @EnumSource
  void controlWritesAreLegalAndIllegal(ModeChoice modes) {
    assertSome(
        modes,
        "write CR0: completes",
        "write CR3: completes",
        "write CR4: completes",
        "write CR0: #GP",
        "write CR4: #GP",
        "write EFER: #GP");
  }

  @ParameterizedTest
  @EnumSource(names = {"FOUR_LEVEL", "FIVE_LEVEL", "MIXED"})
  void whatOnlyLongModeHas(ModeChoice modes) {
    assertSome(
        modes,
        "access: #GP",
        "fault: key",
        "write EFER: completes",
        "InvalidatePcid: completes",
        "InvalidatePcid: #GP",
        "WriteProtectionKeyRights: completes",
        "WriteProtectionKeyRights: #UD");
  }

  @Test
  void pdpteRegistersAreRefused() {
    assertSome(ModeChoice.PAE, "write CR3: #GP");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsEverStuck(ModeChoice modes) {
    assertFalse(played(modes).counts.keySet().stream().anyMatch(what -> what.endsWith("stuck")));
  }

  @ParameterizedTest
  @EnumSource(names = "MIXED", mode = EnumSource.Mode.EXCLUDE)
  void oneModeStaysWhatItIs(ModeChoice modes) {
    assertTrue(played(modes).modeChanges.isEmpty(), played(modes).modeChanges.toString());
  }

  @Test
  void everyModeIsEnteredAndLeft() {
    Set<String> changes = played(ModeChoice.MIXED).modeChanges;
    for (PagingMode mode : PagingMode.ALL) {
      assertTrue(changes.stream().anyMatch(change -> change.startsWith(mode.name() + " to ")));
      assertTrue(changes.stream().anyMatch(change -> change.endsWith(" to " + mode.name())));
    }
  }
}
