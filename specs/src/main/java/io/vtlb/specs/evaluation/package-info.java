/**
 * The definitions, evaluated: an evaluator for the terms without quantifiers that they are made of,
 * fast enough to ask about hundreds of thousands of states.
 *
 * <p>It knows SMT-LIB 2, as far as the definitions use it, and nothing of what they say. That it
 * means by a term what a solver means is a test's to show.
 */
@NullMarked
package io.vtlb.specs.evaluation;

import org.jspecify.annotations.NullMarked;
