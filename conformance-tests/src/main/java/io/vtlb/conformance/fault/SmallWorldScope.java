package io.vtlb.conformance.fault;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which mistakes lie outside the specification's small worlds, and why: these know one page of one
 * machine with one virtual CPU, in 32-bit and 4-level paging with fixed top entries, one vendor's
 * processor, the host's acts upon one frame, and nothing that happens inside an event.
 */
public final class SmallWorldScope {

  private static final Map<String, String> OUTSIDE = new TreeMap<>();

  private static void outside(String why, String... names) {
    for (String name : names) {
      OUTSIDE.put(name, why);
    }
  }

  static {
    outside(
        "needs a second virtual CPU",
        "processor-of-first-vcpu-flushed-only",
        "other-cpus-not-flushed",
        "rights-reduced-without-remote-flush",
        "flush-misses-other-cpus");
    outside(
        "needs a second machine, or one that is created again",
        "host-map-of-first-machine-for-all",
        "write-protection-lifted-in-every-machine",
        "machine-created-with-old-structures",
        "old-shadow-for-new-machine");
    outside(
        "needs PAE paging",
        "pdptes-read-from-memory-at-each-walk",
        "pdptes-not-reloaded-by-cr0-and-cr4",
        "reloaded-pdptes-ignored");
    outside("needs an edit of a top entry, which is fixed", "page-size-bit-of-top-entry-ignored");
    outside("needs a processor of AMD's", "top-entry-bit-of-vendor-not-reserved");
    outside(
        "needs something to happen inside an event",
        "host-frame-looked-up-early",
        "walk-not-checked-again",
        "protected-table-not-compared",
        "only-first-entry-written",
        "stale-table-linked");
    outside(
        "needs a second root",
        "flush-misses-other-roots",
        "freed-root-in-use",
        "loaded-root-recycled",
        "tracked-in-one-address-space",
        "kept-context-not-flushed",
        "context-load-flushes-nothing");
    outside(
        "needs tables that are shared, or become tables while they are in use",
        "key-uses-last-rights",
        "large-pages-share-despite-rights",
        "shared-shadow-upgraded",
        "resync-leaves-table-writable",
        "write-protection-skips-flush",
        "write-protection-not-flushed",
        "zap-skips-flush",
        "zap-leaves-parent-link");
    outside(
        "needs the host to act upon a table's frame, or upon part of a large page",
        "stale-reverse-map",
        "host-change-not-noticed",
        "table-updates-not-logged",
        "read-only-frame-protects-large-page",
        "reverse-map-misses-large-leaves",
        "host-split-forgets-tables");
    outside(
        "remembers that a frame was a device's, for which the specification has no variable",
        "device-remembered-when-memory-appears",
        "device-entry-outlives-map",
        "device-remembered-over-memory");
    outside("needs more than one page in use", "one-fragment-dropped", "room-made-too-late");
  }

  private SmallWorldScope() {}

  /** The faults that lie outside. */
  public static Set<String> names() {
    return Set.copyOf(OUTSIDE.keySet());
  }

  /** Why a fault's mistake cannot be expected to show there; empty if it can. */
  public static Optional<String> whyOutside(Fault fault) {
    return Optional.ofNullable(OUTSIDE.get(fault.name()));
  }
}
