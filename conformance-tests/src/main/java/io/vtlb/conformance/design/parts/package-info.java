/**
 * What more than one design is built of: the host's side of a machine, the guest walk that a
 * processor would make, the causes of events, and what every possible mistake says of itself.
 *
 * <p>Here belongs only what the designs mean to have in common. What makes one design another stays
 * in its own package, and nothing here knows any of them.
 */
@NullMarked
package io.vtlb.conformance.design.parts;

import org.jspecify.annotations.NullMarked;
