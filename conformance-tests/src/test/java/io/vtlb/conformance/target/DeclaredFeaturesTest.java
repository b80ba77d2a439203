package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.verify.RuleVerdict;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A right target stays right when it declares more or less, and is judged by what it declares. */
class DeclaredFeaturesTest {

  private static final long SEQUENCES = 600;

  /** The reference VMM, declaring other features. */
  private static class Declaring extends WrappedVmm {

    private final Set<Feature> added;
    private final Set<Feature> removed;

    Declaring(Set<Feature> added, Set<Feature> removed) {
      this.added = added;
      this.removed = removed;
    }

    @Override
    public Description describe() {
      Description honest = super.describe();
      Set<Feature> features = EnumSet.copyOf(honest.features());
      features.removeAll(removed);
      features.addAll(added);
      return new Description("declaring", honest.level(), features);
    }
  }

  private static Verdict assertConforms(Supplier<WrappedVmm> maker) {
    Verdict verdict = Verdict.of(Trials.run(maker, SEQUENCES));
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
    return verdict;
  }

  private static void assertSkipped(Verdict verdict, Rule rule, String reason) {
    RuleVerdict found =
        verdict.rules().stream().filter(one -> one.rule() == rule).findFirst().orElseThrow();
    assertEquals(RuleVerdict.Kind.SKIPPED, found.kind(), found.toString());
    assertEquals(reason, found.reason());
  }

  @Test
  void privilegeChangesNeedNotBeIntercepted() {
    Verdict verdict =
        assertConforms(() -> new Declaring(Set.of(), Set.of(Feature.INTERCEPTS_PRIVILEGE_CHANGES)));
    assertSkipped(verdict, Rule.PRIV_2, "the target does not intercept privilege changes");
  }

  @Test
  void otherAgentsNeedNotStore() {
    assertConforms(() -> new Declaring(Set.of(), Set.of(Feature.FOREIGN_STORES)));
  }

  @Test
  void anEventMayFlushTheProcessorByItself() {
    assertConforms(() ->
        new Declaring(Set.of(Feature.EVENTS_FLUSH_PROCESSOR), Set.of()) {
          @Override
          public Response handle(Event event) {
            Response response = super.handle(event);
            return new Response(response.action(), List.of(), response.report());
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFETCH", "SHARING", "RECYCLING"})
  void whoeverMayChangeOtherEntriesIsNotJudgedStrictly(Feature feature) {
    Verdict verdict = assertConforms(() -> new Declaring(Set.of(feature), Set.of()));
    assertSkipped(verdict, Rule.FULL_2, "the target declares prefetch, sharing or recycling");
  }
}
