package io.vtlb.conformance.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.conformance.design.Designs;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.trace.RecordedVerdict;
import io.vtlb.conformance.verify.Findings;
import io.vtlb.conformance.verify.Reproducer;
import io.vtlb.conformance.verify.Verdict;
import io.vtlb.conformance.verify.Verification;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.GuestOperation;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.GuestMachine;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.ObservationLevel;
import io.vtlb.model.target.Target;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A target that does not do what it declares is told so, and one that does is not. */
class FalseDeclarationTest {

  private static final long SEQUENCES = 300;

  private static Misbehaviour assertDeclaredFalsely(
      Misbehaviour.Kind kind, String detail, Supplier<? extends Target> maker) {
    Verification run = Trials.run(maker, SEQUENCES);
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.FAILS, verdict.kind(), verdict.reason());
    Misbehaviour found = run.firstOfEachWay().getFirst().misbehaviour();
    assertEquals(kind, found.kind(), found.told());
    assertEquals(detail, found.detail());
    assertTrue(found.isFalseDeclaration());
    assertTrue(verdict.reason().contains("declared but not so: " + found.told()), verdict.reason());
    return found;
  }

  private static Reproducer reproducer(Supplier<? extends Target> maker) {
    Findings findings = Findings.of(Trials.run(maker, SEQUENCES));
    assertEquals(List.of(), findings.flakes());
    return findings.reproducers().getFirst();
  }

  /** Declares every mode, and serves four. */
  private static final class WithoutFiveLevels extends WrappedVmm {

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {
      blueprint.vcpus().forEach(state -> refuse(PagingMode.of(state.control())));
      super.create(blueprint, memory);
    }

    @Override
    public Response handle(Event event) {
      if (event instanceof Event.ControlWrite write) {
        refuse(PagingMode.of(write.after()));
      }
      return super.handle(event);
    }

    private static void refuse(PagingMode mode) {
      if (mode.equals(PagingMode.FIVE_LEVEL)) {
        throw new UnsupportedOperationException("5-level paging");
      }
    }
  }

  @Test
  void aModeThatIsNotServed() {
    Misbehaviour found =
        assertDeclaredFalsely(
            Misbehaviour.Kind.UNSUPPORTED, "5-level paging", WithoutFiveLevels::new);
    assertTrue(found.told().contains("mode 5-level"), found.told());
    Reproducer reduced = reproducer(WithoutFiveLevels::new);
    assertEquals(1, reduced.trace().sequence().world().machines().size());
    assertEquals(
        Optional.of(
            "the target declares mode 5-level, but does not serve the creation of vm0: 5-level paging"),
        reduced.trace().verdict().map(RecordedVerdict::reason));
  }

  @Test
  void processContextsThatAreNotServed() {
    Misbehaviour found =
        assertDeclaredFalsely(
            Misbehaviour.Kind.UNSUPPORTED,
            "INVPCID",
            () ->
                new WrappedVmm() {
                  @Override
                  public Response handle(Event event) {
                    if (event instanceof Event.InvalidatePcid) {
                      throw new UnsupportedOperationException("INVPCID");
                    }
                    return super.handle(event);
                  }
                });
    assertTrue(found.told().startsWith("the target declares pcid, but"), found.told());
  }

  @Test
  void aHostThatIsNotFollowed() {
    Misbehaviour found =
        assertDeclaredFalsely(
            Misbehaviour.Kind.UNSUPPORTED,
            "not yet",
            () ->
                new WrappedVmm() {
                  @Override
                  public HostResponse follow(HostOperation operation) {
                    throw new UnsupportedOperationException("not yet");
                  }
                });
    assertTrue(found.told().startsWith("the target declares host-operations, but"), found.told());
  }

  @Test
  void entriesThatAreNotShown() {
    assertDeclaredFalsely(
        Misbehaviour.Kind.UNSUPPORTED,
        "entries",
        () ->
            new WrappedVmm() {
              @Override
              public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
                throw new UnsupportedOperationException("entries");
              }
            });
  }

  @Test
  void anOperationOfAWholeMachine() {
    Misbehaviour found =
        assertDeclaredFalsely(
            Misbehaviour.Kind.UNSUPPORTED,
            "INVPCID",
            () -> {
              ObservedMachine right = new ObservedMachine(new ReferenceVmm());
              return new GuestMachine() {
                @Override
                public Description describe() {
                  return right.describe();
                }

                @Override
                public void create(VmBlueprint blueprint, GuestMemory memory) {
                  right.create(blueprint, memory);
                }

                @Override
                public Observation perform(GuestOperation operation) {
                  if (operation instanceof GuestOperation.InvalidatePcid) {
                    throw new UnsupportedOperationException("INVPCID");
                  }
                  return right.perform(operation);
                }
              };
            });
    assertTrue(found.told().startsWith("the target declares pcid, but"), found.told());
  }

  /** Collections that cannot be changed throw the same exception, without a message. */
  @Test
  void anExceptionWithoutAMessageIsAnException() {
    Verification run =
        Trials.run(
            () ->
                new WrappedVmm() {
                  @Override
                  public Response handle(Event event) {
                    List.of(event).clear();
                    return super.handle(event);
                  }
                },
            SEQUENCES);
    assertEquals(Verdict.Kind.INCONCLUSIVE, Verdict.of(run).kind());
    assertEquals(Misbehaviour.Kind.EXCEPTION, run.crashes().getFirst().misbehaviour().kind());
  }

  @Test
  void reportsThatNeverCome() {
    assertDeclaredFalsely(
        Misbehaviour.Kind.NO_REPORT,
        "level 3",
        () ->
            new WrappedVmm() {
              @Override
              public Response handle(Event event) {
                Response response = super.handle(event);
                return new Response(response.action(), response.drops(), Optional.empty());
              }
            });
  }

  /** A right virtual TLB that says that it tracks stores, whether it does or not. */
  private record Claiming(VirtualTlb right) implements VirtualTlb {

    @Override
    public Description describe() {
      Set<Feature> features = EnumSet.copyOf(right.describe().features());
      features.add(Feature.WRITE_TRACKING);
      return new Description("claiming", ObservationLevel.SELF_REPORTING, features);
    }

    @Override
    public void create(VmBlueprint blueprint, GuestMemory memory) {
      right.create(blueprint, memory);
    }

    @Override
    public Response handle(Event event) {
      return right.handle(event);
    }

    @Override
    public HostResponse follow(HostOperation operation) {
      return right.follow(operation);
    }

    @Override
    public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
      return right.activeEntries(vcpu, set);
    }
  }

  @Test
  void storesThatAreNotTracked() {
    Supplier<Target> maker = () -> new Claiming(new ReferenceVmm());
    Misbehaviour found =
        assertDeclaredFalsely(Misbehaviour.Kind.UNTRACKED_STORE, "write-tracking", maker);
    assertTrue(found.told().endsWith("got by without an event"), found.told());
    assertTrue(reproducer(maker).trace().sequence().operations().size() <= 4);
  }

  @Test
  void storesOfWhichSomeAreTracked() {
    assertDeclaredFalsely(
        Misbehaviour.Kind.UNTRACKED_STORE,
        "write-tracking",
        () -> new Claiming(Designs.byName("role-shared").orElseThrow().get()));
  }

  @Test
  void whoDoesEveryStoreItselfTracksThem() {
    Verification run = Trials.run(EmulatingVmm::new, 2 * SEQUENCES);
    Verdict verdict = Verdict.of(run);
    assertEquals(Verdict.Kind.CONFORMS, verdict.kind(), verdict.reason());
  }

  @Test
  void whoTracksNothingNeedNot() {
    Verification run = Trials.run(ReferenceVmm::new, SEQUENCES);
    assertTrue(
        run.crashes().stream().noneMatch(crash -> crash.misbehaviour().isFalseDeclaration()));
  }
}
