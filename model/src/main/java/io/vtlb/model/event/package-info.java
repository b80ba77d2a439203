/**
 * What reaches the VMM, what it answers, and what it reports about how it found its answer.
 *
 * <p>Source: claims 3, 16 and 25 (control over an event, its cause), 5, 6 and 8 (what is modified
 * in response).
 */
@NullMarked
package io.vtlb.model.event;

import org.jspecify.annotations.NullMarked;
