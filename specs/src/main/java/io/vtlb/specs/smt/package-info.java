/**
 * The specification in SMT-LIB 2: definitions, theorems and twins as they lie in {@code specs/smt},
 * and how a text that any solver reads is composed of them.
 *
 * <p>What the definitions mean is not known here, and no solver is.
 */
@NullMarked
package io.vtlb.specs.smt;

import org.jspecify.annotations.NullMarked;
