/**
 * What {@code vtlb new-target} writes: the beginning of a target in each language, which builds,
 * runs, and breaks the first rule that it meets.
 *
 * <p>Here belong the languages, the files of each and what to type next; the files themselves are
 * resources beside this package, but for those that the build takes from the examples and the C
 * interface as they are. How a target is run does not belong here.
 */
@NullMarked
package io.vtlb.conformance.starter;

import org.jspecify.annotations.NullMarked;
