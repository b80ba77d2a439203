/**
 * What runs in a worker's process: it takes requests of the parent, makes targets, runs sequences,
 * and watches over its own deadlines.
 *
 * <p>Nothing else of the kit depends on this package.
 */
@NullMarked
package io.vtlb.conformance.child;

import org.jspecify.annotations.NullMarked;
