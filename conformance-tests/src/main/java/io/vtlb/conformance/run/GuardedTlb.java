package io.vtlb.conformance.run;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A virtual TLB whose exceptions, and impossible values, are told apart from the kit's own
 * mistakes.
 */
record GuardedTlb(VirtualTlb target) implements VirtualTlb {

  @Override
  public Description describe() {
    return TargetCall.of(target::describe);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    TargetCall.of(() -> {
      target.create(blueprint, memory);
      return true;
    });
  }

  @Override
  public Response handle(Event event) {
    return Objects.requireNonNull(answer(event), "no answer");
  }

  /** The answer, or null where the target gives none: that is a matter of EVENT-1. */
  @Nullable Response answer(Event event) {
    return TargetCall.of(() -> {
      Response response = target.handle(event);
      requireComplete(response);
      return response;
    });
  }

  @Override
  public Collection<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    return TargetCall.of(() -> {
      List<ActiveEntry> entries = List.copyOf(target.activeEntries(vcpu, set));
      requirePossible(entries);
      return entries;
    });
  }

  /** Targets are compiled by others, who need not heed null annotations. */
  private static void requireComplete(@Nullable Response response) {
    if (response != null) {
      Objects.requireNonNull(response.action(), "the response has no action");
      Objects.requireNonNull(response.report(), "the response's report is null, not empty");
      response
          .drops()
          .forEach(drop -> Objects.requireNonNull(drop.vcpu(), "a drop names no virtual CPU"));
      response
          .report()
          .ifPresent(report -> {
            Objects.requireNonNull(report.cause(), "the report names no cause");
            Objects.requireNonNull(report.resync(), "the report names no kind of resync");
          });
      if (response.action() instanceof Response.Action.InjectPageFault inject) {
        Objects.requireNonNull(inject.code(), "the fault to inject has no error code");
      }
    }
  }

  private static void requirePossible(Collection<ActiveEntry> entries) {
    for (ActiveEntry entry : entries) {
      Objects.requireNonNull(entry.rights(), "an active entry has no rights");
      boolean aligned =
          entry.pages() == 1
              || (entry.pages() == PageSize.LARGE_4M
                  && entry.page() % PageSize.LARGE_4M == 0
                  && entry.hostFrame() % PageSize.LARGE_4M == 0);
      if (!aligned || entry.page() < 0) {
        throw new IllegalStateException("activeEntries returned an impossible entry: " + entry);
      }
      for (ActiveEntry other : entries) {
        if (!other.equals(entry) && other.covers(entry.page())) {
          throw new IllegalStateException(
              "activeEntries returned two entries for one page: " + entry + " and " + other);
        }
      }
    }
  }
}
