package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.BitUpdate.Bit;
import io.vtlb.conformance.recording.RecordedFact.ReportedEntry;
import io.vtlb.conformance.recording.Ways.Way;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.PagingMode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks what a bare-metal guest saw of its own accesses, end to end: it must be one of the
 * admissible ways, with the A and D bits that go with it.
 */
final class ProbeChecks {

  private static final int PAGE_FAULT_VECTOR = 14;

  private static final String OLD =
      "probe: seen through an entry that was since changed without a flush: admissible";
  private static final String EARLY =
      "probe: an A bit set that the access did not need: admissible, as if by speculation";
  private static final String SPLIT =
      "probe: a read-modify-write that faults as its load does (W=0): the emulator runs it as a load and"
          + " a store, where a processor reports W=1";

  private final Tally tally;
  private final Models models;
  private final boolean emulatedProcessor;
  private final EntryVersions versions = new EntryVersions();

  /**
   * @param emulatedProcessor a read-modify-write is executed as a load and then a store
   */
  ProbeChecks(Tally tally, Models models, boolean emulatedProcessor) {
    this.tally = tally;
    this.models = models;
    this.emulatedProcessor = emulatedProcessor;
  }

  /** What the guest saw: the fault or none, and the bits that became set. */
  private record Seen(Optional<FaultCode> code, Set<BitUpdate> set) {}

  void check(RecordedFact.Probe probe) {
    switch (models.of(probe.control())) {
      case ModeInForce.Unchecked(String reason) -> tally.skip("probe", reason);
      case ModeInForce.Modelled modelled -> {
        long page = access(probe, probe.kind()).page();
        for (ReportedEntry entry : probe.entries()) {
          versions.observe(entry.address(), entry.before());
        }
        switch (probe.flush()) {
          case NONE -> {}
          case INVLPG -> versions.flush(page);
          case MOV_CR3 -> versions.flushAll();
        }
        tally.checked("probe");
        judge(probe, ways(probe, modelled, page));
        for (ReportedEntry entry : probe.entries()) {
          versions.observe(entry.address(), entry.after());
        }
      }
    }
  }

  private List<Way> ways(RecordedFact.Probe probe, ModeInForce.Modelled modelled, long page) {
    List<Way> ways = ways(probe, probe.kind(), modelled, page);
    return probe.readModifyWrite() && emulatedProcessor
        ? Ways.sequence(ways(probe, AccessKind.LOAD, modelled, page), ways)
        : ways;
  }

  private List<Way> ways(
      RecordedFact.Probe probe, AccessKind kind, ModeInForce.Modelled modelled, long page) {
    return Ways.of(modelled.model(), access(probe, kind), modelled.control(), versions, page);
  }

  private static Access access(RecordedFact.Probe probe, AccessKind kind) {
    return new Access(
        probe.address(),
        kind,
        PrivilegeSet.of(probe.user() ? 3 : 0, probe.alignmentCheck(), probe.control()));
  }

  private void judge(RecordedFact.Probe probe, List<Way> ways) {
    Seen seen = seen(probe);
    Optional<Way> exact =
        ways.stream()
            .filter(way -> way.code().equals(seen.code()) && way.updates().equals(seen.set()))
            .reduce((one, other) -> one.current() ? one : other);
    Optional<Way> way =
        exact.or(() -> ways.stream().filter(one -> matches(one, seen, probe)).findFirst());
    boolean agrees =
        tally.compare(
            CheckKind.PROBE,
            probe.line(),
            way.isPresent() && sane(probe),
            () -> describe(probe, seen),
            () -> describe(ways));
    if (agrees && way.isPresent()) {
      remark(probe, way.get(), exact.isPresent());
    }
  }

  private static Seen seen(RecordedFact.Probe probe) {
    Set<BitUpdate> set = new HashSet<>();
    for (ReportedEntry entry : probe.entries()) {
      for (Bit bit : Bit.values()) {
        if ((entry.after() & ~entry.before() & bit.mask()) != 0) {
          set.add(new BitUpdate(bit, entry.address()));
        }
      }
    }
    return new Seen(probe.vector().isPresent() ? Optional.of(probe.code()) : Optional.empty(), set);
  }

  /**
   * The same outcome, every bit set that the way sets, and beyond it only A bits of present entries
   * in memory.
   */
  private static boolean matches(Way way, Seen seen, RecordedFact.Probe probe) {
    if (!way.code().equals(seen.code()) || !seen.set().containsAll(way.updates())) {
      return false;
    }
    Set<Long> present =
        probe.entries().stream()
            .skip(inRegisters(probe))
            .filter(entry -> (entry.before() & EntryBits.PRESENT) != 0)
            .map(ReportedEntry::address)
            .collect(Collectors.toSet());
    return seen.set().stream()
        .filter(bit -> !way.updates().contains(bit))
        .allMatch(bit -> bit.bit() == Bit.A && present.contains(bit.address()));
  }

  /** How many of the entries were read from registers, where they have no A bit. */
  private static long inRegisters(RecordedFact.Probe probe) {
    return PagingMode.of(probe.control()).levels().stream()
        .filter(level -> !level.inMemory())
        .count();
  }

  /** The fault is a page fault at the address, and nothing but A and D bits became set. */
  private static boolean sane(RecordedFact.Probe probe) {
    boolean ownFault =
        probe.vector().isEmpty()
            || (probe.vector().getAsInt() == PAGE_FAULT_VECTOR
                && probe.faultAddress() == probe.address());
    return ownFault
        && probe.entries().stream()
            .allMatch(entry ->
                (entry.after() & ~(Bit.A.mask() | Bit.D.mask()))
                        == (entry.before() & ~(Bit.A.mask() | Bit.D.mask()))
                    && (entry.before() & ~entry.after()) == 0);
  }

  private void remark(RecordedFact.Probe probe, Way way, boolean exact) {
    if (!way.current()) {
      tally.remark(OLD);
    }
    if (!exact) {
      tally.remark(EARLY);
    }
    if (probe.readModifyWrite()
        && way.code().filter(code -> (code.bits() & FaultCode.WRITE) == 0).isPresent()) {
      tally.remark(SPLIT);
    }
  }

  private static String describe(RecordedFact.Probe probe, Seen seen) {
    String outcome =
        probe.vector().isPresent() && probe.vector().getAsInt() != PAGE_FAULT_VECTOR
            ? "exception " + probe.vector().getAsInt()
            : WalkChecks.outcome(seen.code());
    return "%s%s, %s: %s%s by %s of 0x%x, entries %s"
        .formatted(
            outcome,
            probe.vector().isPresent() ? " at 0x%x".formatted(probe.faultAddress()) : "",
            WalkChecks.bits(sorted(seen.set())),
            probe.readModifyWrite() ? "read-modify-write " : "",
            probe.kind(),
            probe.user() ? "user" : "supervisor",
            probe.address(),
            probe.entries().stream()
                .map(entry ->
                    "0x%x: 0x%x -> 0x%x".formatted(entry.address(), entry.before(), entry.after()))
                .collect(Collectors.joining(", ")));
  }

  private static String describe(List<Way> ways) {
    if (ways.isEmpty()) {
      return "reads other entries than the guest reports";
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Way way : ways) {
      texts.add(WalkChecks.outcome(way.code()) + ", " + WalkChecks.bits(sorted(way.updates())));
    }
    return String.join("; or ", texts);
  }

  private static List<BitUpdate> sorted(Set<BitUpdate> updates) {
    return updates.stream()
        .sorted(Comparator.comparing(BitUpdate::bit).thenComparingLong(BitUpdate::address))
        .toList();
  }
}
