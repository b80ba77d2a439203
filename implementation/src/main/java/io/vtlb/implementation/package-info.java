/**
 * A virtual TLB for every paging mode, which keeps active structures for each context and privilege
 * set of each virtual CPU.
 *
 * <p>Read {@link io.vtlb.implementation.IndexedVirtualTlb} first, then {@code VirtualCpu} (what
 * each event does), {@code ControlEffect} (what a control-register write invalidates), {@code
 * TableFormat} and {@code GuestTables} (the walk), {@code Protection} (rights and error codes),
 * {@code GuestTranslations} (what becomes an entry), {@code ActiveStructure} (how entries are kept)
 * and {@code KeptContexts} (PCIDs that are not current). Source: claims 1 to 13; Intel SDM vol. 3,
 * 4.1 to 4.10.
 */
@NullMarked
package io.vtlb.implementation;

import org.jspecify.annotations.NullMarked;
