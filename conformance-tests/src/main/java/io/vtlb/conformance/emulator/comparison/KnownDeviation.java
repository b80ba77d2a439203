package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.Probe;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.paging.PagingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The ledger: each way in which the emulator is known to deviate from the manual.
 *
 * <p>An entry does not excuse a difference. It says what the emulator does instead, and {@link
 * Predictor} predicts exactly that; a result that is neither what the model admits nor what entries
 * of the ledger predict is a deviation of its own. Seen with QEMU 7.2.
 */
public enum KnownDeviation {
  /** The error code of a reserved bit. */
  RESERVED_WITHOUT_PRESENT(
      "reserved-without-present",
      "the error code of a fault at an entry with a reserved bit has RSVD=1 but P=0",
      "RSVD=1 only if P=1: the fault was not caused by a page that is not present",
      "Intel SDM vol. 3, 4.7") {
    @Override
    boolean concerns(Situation situation) {
      return situation.probe().control().paging();
    }
  },
  /** No PDPTE registers. */
  PDPTES_UNCHECKED(
      "pdptes-unchecked",
      "PAE walks read the PDPT from memory, ignore bits 2:1 and 8:5 of a PDPTE, and fault at an"
          + " entry used with one of bits 63:MAXPHYADDR set; the load of CR3 checks nothing",
      "MOV to CR3 loads four registers, and is a #GP if a present one has a reserved bit set",
      "Intel SDM vol. 3, 4.4.1 and table 4-8") {
    @Override
    boolean concerns(Situation situation) {
      return situation.probe().control().paePaging();
    }
  },
  /** An accessed bit where there is none. */
  PDPTE_ACCESSED(
      "pdpte-accessed",
      "bit 5 is set in the PDPTE in memory that a PAE walk goes on from",
      "PDPTEs have no accessed flag: the walk uses registers, and bit 5 is reserved",
      "Intel SDM vol. 3, 4.4.1, 4.8 and table 4-8") {
    @Override
    boolean concerns(Situation situation) {
      return situation.probe().control().paePaging();
    }
  },
  /** An accessed bit in an entry that translates nothing. */
  RESERVED_1G_ACCESSED(
      "reserved-1g-accessed",
      "A is set in a PDPTE that would map a 1 GiB page but for one of bits 29:13",
      "an entry with a reserved bit set is used for no translation, so A stays as it is",
      "Intel SDM vol. 3, 4.5 and 4.8") {
    @Override
    boolean concerns(Situation situation) {
      return situation.probe().control().longMode();
    }
  },
  /** EFLAGS.AC and SMAP. */
  IMPLICIT_WITH_AC(
      "implicit-with-ac",
      "EFLAGS.AC=1 lets implicit accesses at CPL 0 to 2 through SMAP",
      "EFLAGS.AC suspends SMAP for explicit accesses only",
      "Intel SDM vol. 3, 4.6.1") {
    @Override
    boolean concerns(Situation situation) {
      Probe probe = situation.probe();
      return probe.control().paging()
          && probe.control().supervisorAccessPrevention()
          && probe.instruction().isImplicit()
          && probe.alignmentCheck()
          && probe.cpl() < 3;
    }
  },
  /** Reserved bits of a 4 MiB page. */
  PSE36_OF_40_BITS(
      "pse36-of-40-bits",
      "a PDE that maps a 4 MiB page may have bits 20:13 set, as if MAXPHYADDR were 40",
      "bits 21:(M-19) are reserved, where M is MAXPHYADDR but at most 40",
      "Intel SDM vol. 3, 4.3 and table 4-4") {
    @Override
    boolean concerns(Situation situation) {
      return situation.probe().mode().equals(PagingMode.TWO_LEVEL)
          && (situation.probe().control().cr4() & ControlState.CR4_PSE) != 0
          && situation.profile().has(Capability.PSE36)
          && situation.profile().physicalAddressBits() < 40;
    }
  };

  private final String id;
  private final String emulator;
  private final String manual;
  private final String source;

  KnownDeviation(String id, String emulator, String manual, String source) {
    this.id = id;
    this.emulator = emulator;
    this.manual = manual;
    this.source = source;
  }

  /** Its name in reports. */
  public String id() {
    return id;
  }

  /** What the emulator does. */
  public String emulator() {
    return emulator;
  }

  /** Why the model is right. */
  public String manual() {
    return manual;
  }

  /** Where the manual says so. */
  public String source() {
    return source;
  }

  /** True if the deviation can show in a situation at all. */
  abstract boolean concerns(Situation situation);

  /** True if some mode among these can show it. */
  boolean isPossibleIn(List<PagingMode> modes) {
    return modes.stream().anyMatch(this::isPossibleIn);
  }

  private boolean isPossibleIn(PagingMode mode) {
    return switch (this) {
      case RESERVED_WITHOUT_PRESENT, IMPLICIT_WITH_AC -> !mode.levels().isEmpty();
      case PDPTES_UNCHECKED, PDPTE_ACCESSED -> mode.equals(PagingMode.PAE);
      case RESERVED_1G_ACCESSED -> mode.signExtended();
      case PSE36_OF_40_BITS -> mode.equals(PagingMode.TWO_LEVEL);
    };
  }

  /** Every combination of those that concern a situation, fewest first; not the empty one. */
  static List<Set<KnownDeviation>> combinations(Situation situation) {
    List<Set<KnownDeviation>> all = new ArrayList<>();
    all.add(EnumSet.noneOf(KnownDeviation.class));
    for (KnownDeviation deviation : values()) {
      if (deviation.concerns(situation)) {
        for (Set<KnownDeviation> smaller : List.copyOf(all)) {
          Set<KnownDeviation> larger = EnumSet.of(deviation);
          larger.addAll(smaller);
          all.add(larger);
        }
      }
    }
    all.removeFirst();
    all.sort(Comparator.comparingInt(Set::size));
    return all;
  }
}
