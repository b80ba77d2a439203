/**
 * An independent witness of translation: QEMU's software MMU executes real loads, stores and
 * fetches over the page tables that a {@link io.vtlb.conformance.emulator.Probe} places in guest
 * memory.
 *
 * <p>Nothing here knows how a walk goes or what it should find. Each probe starts from an empty
 * TLB. Optional at run time: {@link io.vtlb.conformance.emulator.Opening} says in one line what is
 * missing. Why this emulator, and how it is driven: docs/adr/0011.
 */
@NullMarked
package io.vtlb.conformance.emulator;

import org.jspecify.annotations.NullMarked;
