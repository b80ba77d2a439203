/**
 * The target protocol: what the kit and a target in another process say to each other, one line of
 * JSON at a time (docs/protocol).
 *
 * <p>How processes are started and bounded is not known here, nor how answers are judged.
 */
@NullMarked
package io.vtlb.conformance.protocol;

import org.jspecify.annotations.NullMarked;
