/**
 * What privileged instructions do to the control state: which writes are legal, and what follows
 * from them.
 *
 * <p>Nothing here translates or caches; what a write obliges a TLB to forget belongs to {@link
 * io.vtlb.model.admissible}. Source: Intel SDM vol. 2, MOV to control registers, WRMSR and INVPCID;
 * vol. 3, 2.5, 4.1.2, 4.4.1 and 4.10.1.
 */
@NullMarked
package io.vtlb.model.control;

import org.jspecify.annotations.NullMarked;
