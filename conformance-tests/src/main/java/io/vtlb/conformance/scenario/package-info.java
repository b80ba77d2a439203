/**
 * The specification's generated sequences as files that people replay.
 *
 * <p>How they are found is the specification's business; how they are judged the run's.
 */
@NullMarked
package io.vtlb.conformance.scenario;

import org.jspecify.annotations.NullMarked;
