/**
 * The zoo: virtual TLBs of known-good designs, which the kit must not blame, by name.
 *
 * <p>Each design has a package of its own below this one and knows no other; what several of them
 * are built of is in {@code parts}. What they are shaped after is told in docs/designs.md. Mistakes
 * inside a design are its slips; as faults they belong to the fault library.
 */
@NullMarked
package io.vtlb.conformance.design;

import org.jspecify.annotations.NullMarked;
