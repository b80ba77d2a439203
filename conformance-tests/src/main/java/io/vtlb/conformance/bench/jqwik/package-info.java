/**
 * The work of the monitor's benchmark done by a plain jqwik property: what to compare with.
 *
 * <p>Nothing else in the kit knows jqwik; it is on the module path of {@code vtlb bench} only.
 */
@NullMarked
package io.vtlb.conformance.bench.jqwik;

import org.jspecify.annotations.NullMarked;
