/**
 * What one needs to write properties of one's own for jqwik: sequences of operations that are drawn
 * and shrunk, and how a sequence went.
 *
 * <p>Here belongs what adapts the generator to jqwik. The kit's own runs draw and reduce without
 * jqwik, which is the user's own; the command line runs without it.
 */
@NullMarked
package io.vtlb.conformance.jqwik;

import org.jspecify.annotations.NullMarked;
