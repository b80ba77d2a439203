package io.vtlb.conformance.run;

import static io.vtlb.conformance.run.ExampleWorld.CPU;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vtlb.conformance.target.WrappedVmm;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.trace.Caching;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each policy of caching keeps, and when it forgets. */
class ProcessorTlbTest {

  private static final AccessRights READ = new AccessRights(true, false, false);
  private static final ActiveEntry OLD = new ActiveEntry(0, 1, 0x10, READ);
  private static final ActiveEntry NEW = new ActiveEntry(0, 1, 0x11, READ);
  private static final ActiveEntry LARGE = new ActiveEntry(0, PageSize.LARGE_4M, 0x400, READ);

  private final List<ActiveEntry> shown = new ArrayList<>();

  /** Shows supervisors what an example wants, and users nothing. */
  private final WrappedVmm target =
      new WrappedVmm() {
        @Override
        public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
          return set == SUPERVISOR ? shown : List.of();
        }
      };

  private ActiveEntry translate(ProcessorTlb tlb, long page) {
    return tlb.translate(target, CPU, SUPERVISOR, page);
  }

  private void show(ActiveEntry... entries) {
    shown.clear();
    shown.addAll(List.of(entries));
  }

  private static ProcessorTlb tlb(Caching.Policy policy) {
    return new ProcessorTlb(new Caching(policy, 3));
  }

  @Test
  void withoutCachingTheStructureIsWalkedEachTime() {
    ProcessorTlb tlb = tlb(Caching.Policy.NEVER);
    show(OLD);
    assertEquals(OLD, translate(tlb, 0));
    show(NEW);
    assertEquals(NEW, translate(tlb, 0));
    show();
    assertNull(translate(tlb, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREVER", "SPECULATIVE"})
  void whatWasUsedIsKept(Caching.Policy policy) {
    ProcessorTlb tlb = tlb(policy);
    show(OLD);
    assertEquals(OLD, translate(tlb, 0));
    show(NEW);
    assertEquals(OLD, translate(tlb, 0));
  }

  @Test
  void whatWasNotUsedIsKeptOnlyBySpeculation() {
    ProcessorTlb forever = tlb(Caching.Policy.FOREVER);
    ProcessorTlb speculative = tlb(Caching.Policy.SPECULATIVE);
    show(OLD);
    forever.resume(target, CPU, SUPERVISOR);
    speculative.resume(target, CPU, SUPERVISOR);
    show(NEW);
    assertEquals(NEW, translate(forever, 0));
    assertEquals(OLD, translate(speculative, 0));
  }

  @Test
  void chanceDoesBoth() {
    Set<ActiveEntry> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      ProcessorTlb tlb = new ProcessorTlb(new Caching(Caching.Policy.RANDOM, seed));
      show(OLD);
      translate(tlb, 0);
      show(NEW);
      seen.add(translate(tlb, 0));
    }
    assertEquals(Set.of(OLD, NEW), seen);
  }

  @Test
  void setsAreKeptApart() {
    ProcessorTlb tlb = tlb(Caching.Policy.FOREVER);
    show(OLD);
    translate(tlb, 0);
    assertNull(tlb.translate(target, CPU, USER, 0));
  }

  @Test
  void droppingAPageDropsTheLargeEntryThatCoversIt() {
    ProcessorTlb tlb = tlb(Caching.Policy.FOREVER);
    show(LARGE);
    assertEquals(LARGE, translate(tlb, 5));
    show();
    tlb.drop(new ProcessorDrop.Page(CPU, PageSize.address(PageSize.LARGE_4M, 0)));
    assertEquals(LARGE, translate(tlb, 5));
    tlb.drop(new ProcessorDrop.Page(CPU, PageSize.address(7, 0x123)));
    assertNull(translate(tlb, 5));
  }

  @Test
  void droppingEverythingLeavesNothing() {
    ProcessorTlb tlb = tlb(Caching.Policy.FOREVER);
    show(OLD);
    translate(tlb, 0);
    show();
    tlb.drop(new ProcessorDrop.Everything(CPU));
    assertNull(translate(tlb, 0));
  }
}
