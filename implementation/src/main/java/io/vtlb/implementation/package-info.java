/**
 * A virtual TLB for every paging mode, which keeps active structures for each context and privilege
 * set of each virtual CPU.
 *
 * <p>Read {@link io.vtlb.implementation.IndexedVirtualTlb} first, then {@code VirtualCpu} (what
 * each event does), {@code ControlEffect} (what a control-register write invalidates), {@code
 * TableFormat} and {@code GuestTables} (the walk), {@code Protection} (rights and error codes),
 * {@code GuestTranslations} (what becomes an entry), {@code ActiveStructure} (how entries are
 * kept), {@code KeptContexts} (PCIDs that are not current), {@code VirtualMachine} (what each host
 * operation does) and {@code MachineMemory} (what the host has behind guest frames). Source: claims
 * 1 to 14 and 24; Intel SDM vol. 3, 4.1 to 4.10.
 */
@NullMarked
package io.vtlb.implementation;

import org.jspecify.annotations.NullMarked;
