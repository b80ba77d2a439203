/** Tests of how processes of targets are bounded and ended. */
@NullMarked
package io.vtlb.conformance.process;

import org.jspecify.annotations.NullMarked;
