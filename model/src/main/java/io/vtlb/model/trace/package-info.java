/**
 * A run as a value: the world it starts in and the operations that follow.
 *
 * <p>How it is written to a file is the kit's business; how it is judged is the monitor's.
 */
@NullMarked
package io.vtlb.model.trace;

import org.jspecify.annotations.NullMarked;
