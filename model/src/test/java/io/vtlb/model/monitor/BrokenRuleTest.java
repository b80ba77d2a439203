package io.vtlb.model.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.rule.Rule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each rule has a script that breaks it and no other, and the monitor blames it. */
class BrokenRuleTest {

  @ParameterizedTest
  @EnumSource(names = "PERIODIC_1", mode = Mode.EXCLUDE)
  void isBlamedWhenAllRulesAreJudged(Rule rule) {
    assertEquals(Optional.of(rule), blame(rule, EnumSet.allOf(Rule.class)));
  }

  @ParameterizedTest
  @EnumSource(names = "PERIODIC_1", mode = Mode.EXCLUDE)
  void isBlamedWhenOnlyItIsJudged(Rule rule) {
    assertEquals(Optional.of(rule), blame(rule, EnumSet.of(rule)));
  }

  @ParameterizedTest
  @EnumSource
  void breaksNoOther(Rule rule) {
    assertEquals(Optional.empty(), blame(rule, EnumSet.complementOf(EnumSet.of(rule))));
  }

  private static Optional<Rule> blame(Rule rule, Set<Rule> judged) {
    return commit(rule, judged).map(Violation::rule);
  }

  private static Optional<Violation> commit(Rule rule, Set<Rule> judged) {
    return switch (rule) {
      case INIT_1 -> BrokenContent.startsWithAnEntry(judged);
      case DERIVE_1 -> BrokenContent.wrongFrame(judged);
      case DERIVE_2 -> BrokenContent.writableThoughReadOnly(judged);
      case DERIVE_3 -> BrokenContent.writableThoughClean(judged);
      case ISOLATE_1 -> BrokenContent.foreignFrame(judged);
      case ISOLATE_2 -> BrokenContent.changesAnotherMachine(judged);
      case PRIV_1 -> BrokenContent.supervisorPageForUsers(judged);
      case PRIV_2 -> BrokenAnswers.mistakesTheSet(judged);
      case EVENT_1 -> BrokenAnswers.noAnswer(judged);
      case EVENT_2 -> BrokenAnswers.resolvesTheGuestsFault(judged);
      case EVENT_3 -> BrokenAnswers.wrongCode(judged);
      case EVENT_4 -> BrokenAnswers.handsOverItsOwnFault(judged);
      case EVENT_5 -> BrokenAnswers.faultsOnInvalidatePage(judged);
      case EVENT_6 -> BrokenAnswers.wrongCause(judged);
      case PARTIAL_1 -> BrokenAnswers.partialResyncMissesTheEntry(judged);
      case PARTIAL_2 -> BrokenAnswers.partialResyncAddsAnother(judged);
      case FULL_1 -> BrokenAnswers.fullResyncSkipsAGlobalPage(judged);
      case FULL_2 -> BrokenAnswers.fullResyncDropsAll(judged);
      case TLB_1 -> BrokenContent.keptAfterInvalidatePage(judged);
      case TLB_2 -> BrokenContent.keptAfterRootLoad(judged);
      case TLB_3 -> BrokenContexts.keptAfterContextLoad(judged);
      case TLB_4 -> BrokenContexts.anotherContextsAfterKeepingLoad(judged);
      case TLB_5 -> BrokenContent.keptAfterGlobalToggle(judged);
      case TLB_6 -> BrokenContexts.keptAfterExecutionPrevention(judged);
      case TLB_7 -> BrokenContexts.keptAcrossPaging(judged);
      case TLB_8 -> BrokenContexts.keptAfterInvalidateContext(judged);
      case TLB_9 -> BrokenContent.keptAfterDeliveredFault(judged);
      case PROC_1 -> BrokenContent.keptByTheProcessor(judged);
      case PROGRESS_1 -> BrokenAnswers.neverEnds(judged);
      case AD_1 -> BrokenContent.derivedWithoutAccessed(judged);
      case AD_2 -> BrokenContent.storeWithoutDirty(judged);
      case AD_3 -> BrokenContent.changesGuestMemory(judged);
      case DEVICE_1 -> BrokenContent.deviceMapped(judged);
      case HOST_1 -> BrokenHost.keepsWhatIsRevoked(judged);
      case HOST_2 -> BrokenHost.storesToReadOnly(judged);
      case HOST_3 -> BrokenHost.forgetsAWrite(judged);
      case PERIODIC_1 -> Optional.empty(); // derived: broken by each rule that it follows from
    };
  }
}
