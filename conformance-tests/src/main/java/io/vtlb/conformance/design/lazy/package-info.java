/**
 * A lazy virtual TLB, as a microhypervisor has it: filled by a guest walk at each miss, forgotten
 * whenever the guest or the host asks for anything.
 *
 * <p>Here belong this one design and its possible mistakes ({@link
 * io.vtlb.conformance.design.lazy.Slip}). It uses the model's vocabulary, formats and permissions;
 * what judges it does not belong here, nor does anything that other designs share.
 */
@NullMarked
package io.vtlb.conformance.design.lazy;

import org.jspecify.annotations.NullMarked;
