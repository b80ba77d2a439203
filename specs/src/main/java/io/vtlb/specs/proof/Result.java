package io.vtlb.specs.proof;

import io.vtlb.specs.smt.Theorem;

/**
 * A theorem with what was found about it.
 *
 * @param millis how long the solver took, in milliseconds; when it was asked, if the verdict is
 *     remembered
 * @param remembered true if the solver was not asked this time
 */
public record Result(Theorem theorem, Verdict verdict, long millis, boolean remembered) {}
