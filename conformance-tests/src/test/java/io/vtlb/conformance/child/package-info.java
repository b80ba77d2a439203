/** Tests of what runs in a worker's process. */
@NullMarked
package io.vtlb.conformance.child;

import org.jspecify.annotations.NullMarked;
