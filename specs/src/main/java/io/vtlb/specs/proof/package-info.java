/** Proving what the specification says: the solver, its answers, and what is remembered of them. */
@NullMarked
package io.vtlb.specs.proof;

import org.jspecify.annotations.NullMarked;
