package io.vtlb.specs.generate;

/**
 * What a scenario starts from; nothing is active then.
 *
 * @param first the page's entry in the first table
 * @param second its entry in the second table
 * @param directory its entry at level 2
 * @param upper its entry at level 3; 0 where there is none
 * @param cpl the privilege level
 * @param alignmentCheck EFLAGS.AC
 */
public record Start(
    long first,
    long second,
    long directory,
    long upper,
    long cr0,
    long cr4,
    long efer,
    int cpl,
    boolean alignmentCheck) {}
