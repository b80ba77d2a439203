/**
 * A virtual TLB for 32-bit paging that keeps one active structure for each privilege set of each
 * virtual CPU.
 *
 * <p>Read {@link io.vtlb.implementation.IndexedVirtualTlb} first, then {@code VirtualCpu} (what
 * each event does), {@code GuestTranslations} (what the guest's structure grants) and {@code
 * ActiveStructure} (how entries are kept). Source: claims 1 to 13; Intel SDM vol. 3, 4.3 and 4.6 to
 * 4.10.
 */
@NullMarked
package io.vtlb.implementation;

import org.jspecify.annotations.NullMarked;
