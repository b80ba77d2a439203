/**
 * A virtual TLB that does whatever it may: at each event it holds, and lets the guest use, a random
 * part of all that is admissible.
 *
 * <p>Here belongs the one target that knows the admissible set, to test the monitor's tolerance
 * from the other side: nothing that it does may be blamed. Designs that must find out for
 * themselves what they may hold do not belong here.
 */
@NullMarked
package io.vtlb.conformance.design.adversary;

import org.jspecify.annotations.NullMarked;
