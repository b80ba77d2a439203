package io.vtlb.model.target;

/**
 * Something that a target declares about its design; it decides what is generated and how strictly
 * it is judged.
 */
public enum Feature {
  /** Installs matching entries that no event asked for. */
  PREFETCH,
  /** Shares active tables between roots or address spaces, so that one event may change several. */
  SHARING,
  /** May drop entries at any time to reuse their room. */
  RECYCLING,
  /** Takes control when the guest changes its privilege level. */
  INTERCEPTS_PRIVILEGE_CHANGES,
  /** The processor forgets everything cached for a virtual CPU at each of its events. */
  EVENTS_FLUSH_PROCESSOR,
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
  INTERLEAVING
}
