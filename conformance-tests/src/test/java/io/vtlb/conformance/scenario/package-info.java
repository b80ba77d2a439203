/** The generated set against the reference VMM, and against the fault library. */
@NullMarked
package io.vtlb.conformance.scenario;

import org.jspecify.annotations.NullMarked;
