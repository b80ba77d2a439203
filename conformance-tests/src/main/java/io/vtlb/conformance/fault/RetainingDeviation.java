package io.vtlb.conformance.fault;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Keeps showing entries that the right target dropped or changed at some events, until the virtual
 * CPU's next event that invalidates or concerns their page.
 */
final class RetainingDeviation implements Deviation {

  /** Which entries an event wrongly leaves alone. */
  interface Choice {
    boolean retains(Event event, Response response, PrivilegeSet set, ActiveEntry entry);
  }

  private final Choice choice;
  private final BiPredicate<Event, ActiveEntry> ends;
  private final boolean claimsNoComparison;
  private final UnaryOperator<ActiveEntry> narrowing;
  private final Map<Vcpu, Map<PrivilegeSet, List<ActiveEntry>>> retained = new HashMap<>();

  /**
   * @param choice the entries to retain
   * @param ends the events at which a retained entry goes at last
   */
  RetainingDeviation(Choice choice, BiPredicate<Event, ActiveEntry> ends) {
    this(choice, ends, false, entry -> entry);
  }

  private RetainingDeviation(
      Choice choice,
      BiPredicate<Event, ActiveEntry> ends,
      boolean claimsNoComparison,
      UnaryOperator<ActiveEntry> narrowing) {
    this.choice = choice;
    this.ends = ends;
    this.claimsNoComparison = claimsNoComparison;
    this.narrowing = narrowing;
  }

  /**
   * Retains without claiming that anything was compared: the mistake is what stays reachable.
   *
   * @param choice the entries to retain
   * @param ends the events at which a retained entry goes at last
   */
  static RetainingDeviation claimingNoComparison(
      Choice choice, BiPredicate<Event, ActiveEntry> ends) {
    return claimingNoComparison(choice, ends, entry -> entry);
  }

  /** The same, but what is retained is narrowed, so that it grants nothing that has been lost. */
  static RetainingDeviation claimingNoComparison(
      Choice choice, BiPredicate<Event, ActiveEntry> ends, UnaryOperator<ActiveEntry> narrowing) {
    return new RetainingDeviation(choice, ends, true, narrowing);
  }

  @Override
  public Response handle(Event event, VirtualTlb right) {
    Map<PrivilegeSet, List<ActiveEntry>> mine =
        retained.computeIfAbsent(event.vcpu(), vcpu -> new EnumMap<>(PrivilegeSet.class));
    boolean ended = false;
    for (List<ActiveEntry> entries : mine.values()) {
      ended |= entries.removeIf(entry -> ends.test(event, entry));
    }
    Map<PrivilegeSet, Collection<ActiveEntry>> before = new EnumMap<>(PrivilegeSet.class);
    for (PrivilegeSet set : PrivilegeSet.values()) {
      before.put(set, entries(event.vcpu(), set, right));
    }
    Response response = right.handle(event);
    before.forEach((set, entries) -> retain(event, response, set, entries, right, mine));
    if (ended) {
      return admitting(event, response);
    }
    boolean keeps = mine.values().stream().anyMatch(kept -> !kept.isEmpty());
    return claimsNoComparison && keeps ? flushOnly(event, response) : response;
  }

  /** Entries go late but openly: flushed from the processor, and without claiming a comparison. */
  private static Response admitting(Event event, Response response) {
    Response dropping = response.dropping(new ProcessorDrop.Everything(event.vcpu()));
    // The right target had mended long ago what is mended only now.
    return response.report().filter(report -> report.cause() == EventCause.SPURIOUS).isPresent()
        ? dropping.reporting(EventCause.INCONSISTENCY, ResyncKind.PARTIAL)
        : flushOnly(event, dropping);
  }

  private static Response flushOnly(Event event, Response response) {
    return event instanceof Event.ControlWrite || event instanceof Event.InvalidatePcid
        ? response
            .report()
            .map(report -> response.reporting(report.cause(), ResyncKind.FLUSH))
            .orElse(response)
        : response;
  }

  private void retain(
      Event event,
      Response response,
      PrivilegeSet set,
      Collection<ActiveEntry> before,
      VirtualTlb right,
      Map<PrivilegeSet, List<ActiveEntry>> mine) {
    Collection<ActiveEntry> now = right.activeEntries(event.vcpu(), set);
    List<ActiveEntry> kept = mine.computeIfAbsent(set, any -> new ArrayList<>());
    for (ActiveEntry entry : before) {
      ActiveEntry narrowed = narrowing.apply(entry);
      if (!now.contains(entry)
          && !kept.contains(narrowed)
          && choice.retains(event, response, set, entry)) {
        kept.add(narrowed);
      }
    }
  }

  @Override
  public Collection<ActiveEntry> entries(Vcpu vcpu, PrivilegeSet set, VirtualTlb right) {
    List<ActiveEntry> kept = retained.getOrDefault(vcpu, Map.of()).getOrDefault(set, List.of());
    if (kept.isEmpty()) {
      return right.activeEntries(vcpu, set);
    }
    List<ActiveEntry> shown = new ArrayList<>(kept);
    for (ActiveEntry entry : right.activeEntries(vcpu, set)) {
      if (kept.stream().noneMatch(old -> old.covers(entry.page()))) {
        shown.add(entry);
      }
    }
    return shown;
  }
}
