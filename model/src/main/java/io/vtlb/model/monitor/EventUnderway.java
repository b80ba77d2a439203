package io.vtlb.model.monitor;

import io.vtlb.model.admissible.WalksUnderway;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.event.Event;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event that has begun and is not answered yet, with what may change under it. */
final class EventUnderway {

  private final Event event;
  private final @Nullable WalksUnderway walks;

  /** What the host had behind memory before each change inside the event. */
  private final List<HostMap> hostMaps = new ArrayList<>(1);

  private final ActiveContent before;

  /** What the processor held when the event flushed it. */
  private final List<ProcessorHoldings.Held> flushed;

  private @Nullable Ways ways;

  /** An event that is no page fault. */
  EventUnderway(Event event, ActiveContent before, List<ProcessorHoldings.Held> flushed) {
    this(event, before, flushed, null, null);
  }

  /**
   * A page fault.
   *
   * @param before what the target shows as it begins
   * @param flushed what the processor held when the event flushed it; nothing if it did not
   * @param ways the ways of its access as it begins
   * @param walks the walks of its access, not advanced yet
   */
  EventUnderway(
      Event event,
      ActiveContent before,
      List<ProcessorHoldings.Held> flushed,
      @Nullable Ways ways,
      @Nullable WalksUnderway walks) {
    this.event = event;
    this.before = before;
    this.flushed = flushed;
    this.ways = ways;
    this.walks = walks;
  }

  Event event() {
    return event;
  }

  /** What the target showed as the event began, whatever the host revoked since. */
  ActiveContent before() {
    return before;
  }

  /** What the processor held when the event flushed it; nothing if it did not. */
  List<ProcessorHoldings.Held> flushed() {
    return flushed;
  }

  /** For a page fault, each way that its access may have had since it began. */
  Optional<Ways> ways() {
    return Optional.ofNullable(ways);
  }

  /** What the host had behind memory at any moment, with what it has there now. */
  List<HostMap> hostMaps(HostMap now) {
    List<HostMap> all = new ArrayList<>(hostMaps);
    all.add(now);
    return all;
  }

  boolean isInterrupted() {
    return !hostMaps.isEmpty();
  }

  /**
   * Memory, or what the host has behind it, is about to change.
   *
   * @param until what the host has behind memory until then
   */
  void interrupting(HostMap until) {
    hostMaps.add(until);
    if (walks != null) {
      walks.advance();
    }
  }

  /** Memory has changed. */
  void interrupted() {
    if (walks != null && ways != null) {
      ways = ways.or(walks.ways());
    }
  }
}
