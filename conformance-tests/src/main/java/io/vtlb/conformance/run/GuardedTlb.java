package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.ShownEntries;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A virtual TLB whose exceptions, and impossible values, are told apart from the kit's own
 * mistakes.
 *
 * <p>While the entries shown for a virtual CPU and privilege set stay the same, so does the list
 * returned, which spares everyone who looks at it from comparing.
 */
final class GuardedTlb implements VirtualTlb, ShownEntries {

  private static final Comparator<ActiveEntry> BY_PAGE =
      Comparator.comparingLong(ActiveEntry::page);

  private final VirtualTlb target;
  private final Declarations declarations;
  private final StepListener listener;
  private final Map<Vcpu, Map<PrivilegeSet, List<ActiveEntry>>> shown = new HashMap<>();

  GuardedTlb(VirtualTlb target, Declarations declarations, StepListener listener) {
    this.target = target;
    this.declarations = declarations;
    this.listener = listener;
  }

  @Override
  public Description describe() {
    return TargetCall.of(target::describe);
  }

  @Override
  public void create(VmBlueprint blueprint, GuestMemory memory) {
    listener.creating(blueprint.vm());
    TargetCall.of(
        "the creation of vm" + blueprint.vm(),
        () -> Declarations.of(blueprint),
        () -> {
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
    return TargetCall.of(
        event,
        () -> declarations.of(event),
        () -> {
          Response response = target.handle(event);
          requireComplete(response);
          return response;
        });
  }

  @Override
  public HostResponse follow(HostOperation operation) {
    listener.following(operation);
    return TargetCall.of(
        operation,
        Declarations::ofHost,
        () -> {
          HostResponse response =
              Objects.requireNonNull(
                  target.follow(operation), () -> "follow returned null for " + operation);
          response
              .drops()
              .forEach(drop -> Objects.requireNonNull(drop.vcpu(), "a drop names no virtual CPU"));
          return response;
        });
  }

  @Override
  public List<ActiveEntry> activeEntries(Vcpu vcpu, PrivilegeSet set) {
    listener.looking(vcpu, set);
    return TargetCall.of(
        "its entries",
        Declarations::ofEntries,
        () -> {
          Map<PrivilegeSet, List<ActiveEntry>> ofVcpu =
              shown.computeIfAbsent(vcpu, unseen -> new EnumMap<>(PrivilegeSet.class));
          List<ActiveEntry> known = ofVcpu.getOrDefault(set, List.of());
          Collection<ActiveEntry> now =
              Objects.requireNonNull(
                  target.activeEntries(vcpu, set),
                  () -> "activeEntries returned null for " + vcpu + " " + set);
          if (now instanceof List<ActiveEntry> list && list.equals(known)) {
            return known;
          }
          List<ActiveEntry> copy = List.copyOf(now);
          requirePossible(copy);
          ofVcpu.put(set, copy);
          return copy;
        });
  }

  /** What {@link #activeEntries} returned last; the target is not asked. */
  @Override
  public List<ActiveEntry> shown(Vcpu vcpu, PrivilegeSet set) {
    Map<PrivilegeSet, List<ActiveEntry>> ofVcpu = shown.get(vcpu);
    return ofVcpu == null ? List.of() : ofVcpu.getOrDefault(set, List.of());
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

  private static void requirePossible(List<ActiveEntry> entries) {
    for (ActiveEntry entry : entries) {
      Objects.requireNonNull(entry.rights(), "an active entry has no rights");
      boolean aligned =
          PageSize.exists(entry.pages())
              && entry.page() % entry.pages() == 0
              && entry.hostFrame() % entry.pages() == 0;
      boolean linear = PageSize.page(entry.page() << PageSize.BASE_SHIFT) == entry.page();
      if (!aligned || !linear || entry.hostFrame() < 0) {
        throw TargetCall.impossible("activeEntries returned an impossible entry: " + entry);
      }
    }
    requireApart(entries);
  }

  /** Aligned entries that overlap begin at one page, or one inside the other right after it. */
  private static void requireApart(List<ActiveEntry> entries) {
    List<ActiveEntry> byPage = new ArrayList<>(entries);
    byPage.sort(BY_PAGE);
    for (int i = 1; i < byPage.size(); i++) {
      ActiveEntry before = byPage.get(i - 1);
      ActiveEntry entry = byPage.get(i);
      if (before.covers(entry.page())) {
        throw TargetCall.impossible(
            "activeEntries returned two entries for one page: " + before + " and " + entry);
      }
    }
  }
}
