/** How a target is named on the command line, and how each run gets a fresh one. */
@NullMarked
package io.vtlb.conformance.target;

import org.jspecify.annotations.NullMarked;
