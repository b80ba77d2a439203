/**
 * The modelled computer as plain values: virtual CPUs, control registers, privilege sets, accesses
 * and page-fault error codes, and the profile of the processor.
 *
 * <p>Vocabulary only: what a value <em>means</em> for a walk, a cache or a verdict lives in the
 * semantic packages, which targets cannot see. Source: Intel SDM vol. 3, 2.5 and 4.1.
 */
@NullMarked
package io.vtlb.model.machine;

import org.jspecify.annotations.NullMarked;
