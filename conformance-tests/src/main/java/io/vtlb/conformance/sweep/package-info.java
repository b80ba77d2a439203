/**
 * The exhaustive sweep: every combination of entry bits, accumulated upper state, control bits and
 * access, judged by the model and by a second formulation written apart from it.
 *
 * <p>Read in this order: {@link io.vtlb.conformance.sweep.Dimension}, {@link
 * io.vtlb.conformance.sweep.Space} (a product of dimensions, numbered), {@link
 * io.vtlb.conformance.sweep.SweptMode} and the {@code …Spaces} (what is swept), {@link
 * io.vtlb.conformance.sweep.SpaceSweep} (the loop), {@link io.vtlb.conformance.sweep.Sweep} (all of
 * it, in parallel and resumable), {@link io.vtlb.conformance.sweep.UpperLevels} (the lemma).
 * Source: Intel SDM vol. 3, 4.3 to 4.7.
 */
@NullMarked
package io.vtlb.conformance.sweep;

import org.jspecify.annotations.NullMarked;
