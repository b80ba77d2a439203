/**
 * The reference VMM: the method of the claims, written to be read.
 *
 * <p>It shows what a right virtual TLB does, step by step; it is not the judge. Claims 1 to 13;
 * nothing here is made fast at the price of being plain.
 */
@NullMarked
package io.vtlb.model.reference;

import org.jspecify.annotations.NullMarked;
