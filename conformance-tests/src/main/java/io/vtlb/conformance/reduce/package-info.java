/**
 * Makes a failing sequence as small as it gets while the same rule stays broken.
 *
 * <p>First fewer operations, then a plainer world, then smaller values; each candidate is run
 * again, so nothing is taken for granted.
 */
@NullMarked
package io.vtlb.conformance.reduce;

import org.jspecify.annotations.NullMarked;
