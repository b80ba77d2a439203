/**
 * The interface of what is tested: a virtual TLB, or a whole machine that contains one.
 *
 * <p>Everything here is small and is meant to be implemented by others: composition, no base
 * classes.
 */
@NullMarked
package io.vtlb.model.target;

import org.jspecify.annotations.NullMarked;
