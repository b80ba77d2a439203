package io.vtlb.model.target;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that a target declares about its design; it decides what is generated and how strictly
 * it is judged.
 */
public enum Feature {
  /** Serves machines of more than one virtual CPU. */
  SEVERAL_VCPUS,
  /** Serves guests that set CR4.PCIDE and use INVPCID. */
  PCID,
  /** Stays right when another agent stores to guest memory without any event. */
  FOREIGN_STORES,
  /**
   * Follows what the host does: maps, unmaps, moves and protects frames, logs writes, and creates
   * and destroys machines.
   */
  HOST_OPERATIONS,
  /**
   * Stays right when guest memory, or what the host has behind it, changes between two of its reads
   * inside one event.
   */
  INTERLEAVING,
  /** Takes control when the guest changes its privilege level. */
  INTERCEPTS_PRIVILEGE_CHANGES,
  /** The processor forgets everything cached for a virtual CPU at each of its events. */
  EVENTS_FLUSH_PROCESSOR,
  /** Installs matching entries that no event asked for. */
  PREFETCH,
  /** Shares active tables between roots or address spaces, so that one event may change several. */
  SHARING,
  /** May drop entries at any time to reuse their room. */
  RECYCLING,
  /** Takes control over every guest store to a table that it derived an active entry from. */
  WRITE_TRACKING,
  /**
   * May hand the guest a fault that only a stale translation justifies, where the architecture
   * allows it; it is then only asked about processors that do the same.
   */
  SPURIOUS_FAULTS;

  /** The name in reports and in the target protocol, such as {@code foreign-stores}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The feature of a name, if there is one. */
  public static Optional<Feature> ofWord(String word) {
    return Stream.of(values()).filter(feature -> feature.word().equals(word)).findFirst();
  }
}
