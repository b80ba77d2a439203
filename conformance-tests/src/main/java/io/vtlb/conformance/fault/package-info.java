/**
 * The fault library: named mistakes, each a small deviation of a right virtual TLB, that test the
 * kit itself.
 *
 * <p>A deviation sits between the kit and a right target and changes one thing on the way: an
 * event, an answer, an entry shown, or what is read of guest memory. It never judges; which rule
 * must be blamed stands beside it.
 */
@NullMarked
package io.vtlb.conformance.fault;

import org.jspecify.annotations.NullMarked;
