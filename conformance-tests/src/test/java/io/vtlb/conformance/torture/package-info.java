/**
 * Targets that misbehave in every way that anyone thought of, and what the kit makes of them.
 *
 * <p>{@code TortureTarget} and what it uses run in processes of their own and see nothing of the
 * kit.
 */
@NullMarked
package io.vtlb.conformance.torture;

import org.jspecify.annotations.NullMarked;
