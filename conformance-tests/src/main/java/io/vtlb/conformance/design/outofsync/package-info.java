/**
 * The design out-of-sync: shadow tables that are kept in step with write-protected guest tables, in
 * the shape of Xen's shadow code.
 *
 * <p>It is a known-good target and, with a {@link io.vtlb.conformance.design.outofsync.Slip}, a
 * known-bad one. It reads entries with the model's walker; what judges it does not belong here.
 */
@NullMarked
package io.vtlb.conformance.design.outofsync;

import org.jspecify.annotations.NullMarked;
