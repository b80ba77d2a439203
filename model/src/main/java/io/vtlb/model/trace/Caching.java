package io.vtlb.model.trace;

/**
 * How the processor of a world caches translations of the active structure.
 *
 * @param policy what it keeps
 * @param seed decides the choices of {@link Policy#RANDOM}; without effect otherwise
 */
public record Caching(Policy policy, long seed) {

  /** What a processor keeps; all of these are right, a TLB guarantees nothing. */
  public enum Policy {
    /** Nothing: each access walks the active structure. */
    NEVER,
    /** Each translation used, until it is told to drop it. */
    FOREVER,
    /**
     * Each translation that the active structure holds whenever the guest resumes, used or not,
     * until told.
     */
    SPECULATIVE,
    /** Fills and forgets by chance. */
    RANDOM
  }
}
