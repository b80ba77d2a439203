/**
 * Whether the definitions in SMT-LIB and the Java model, which were written apart, say the same.
 *
 * <p>The definitions are evaluated by {@link io.vtlb.specs.evaluation}, which is compared with the
 * solver in a test of its own. Every test takes its states from a seed, which its messages name.
 */
@NullMarked
package io.vtlb.specs.agreement;

import org.jspecify.annotations.NullMarked;
