/**
 * Recordings of a real hypervisor's shadow MMU, held against the model.
 *
 * <p>A recording is a stream of facts ({@link io.vtlb.conformance.recording.RecordedFact}): the
 * walks of guest structures that the hypervisor made, the page faults that it answered, and the
 * active entries that it set. {@link io.vtlb.conformance.recording.RecordingChecker} replays them
 * one by one and asks the model what is right. Reading guide: RecordedFact, AccessModel,
 * WalkChecks, FaultEventChecks, ActiveEntryChecks, ProbeChecks.
 */
@NullMarked
package io.vtlb.conformance.recording;

import org.jspecify.annotations.NullMarked;
