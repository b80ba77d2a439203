/**
 * The trace file: what ran, and what was seen of it, as JSON Lines with a versioned schema.
 *
 * <p>{@link io.vtlb.conformance.trace.TraceReader} is a boundary: what it returns is valid, and
 * what is not is refused with one line that names the file, the line and the field. {@link
 * io.vtlb.conformance.trace.TraceWriter} writes only what the reader accepts. One {@code …Format}
 * class for each record holds both directions of it. The format is described for users in {@code
 * docs/trace-format.md}; its names are public and change only with a new version of the schema.
 */
@NullMarked
package io.vtlb.conformance.trace;

import org.jspecify.annotations.NullMarked;
