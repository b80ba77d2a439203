/**
 * A virtual TLB in the shape of Linux KVM's shadow MMU: shadow pages shared by guest frame and
 * role, a reverse map, write-protected tables, and leaf tables that may go out of step.
 *
 * <p>Here belongs the design itself and the slips that it can be made with, each a small deviation
 * at the place where a real hypervisor made it; what judges a design does not belong here. Where
 * the idea comes from is told in docs/designs.md.
 */
@NullMarked
package io.vtlb.conformance.design.roleshared;

import org.jspecify.annotations.NullMarked;
