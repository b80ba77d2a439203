/**
 * What the guest program does, what it sees of it, and what its host does meanwhile.
 *
 * <p>An operation is a plain record: sequences of them are generated, reduced, written to traces
 * and replayed. What reaches the VMM because of an operation is an event and lives elsewhere.
 */
@NullMarked
package io.vtlb.model.operation;

import org.jspecify.annotations.NullMarked;
