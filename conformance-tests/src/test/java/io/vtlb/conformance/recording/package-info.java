/** Tests of the checks of recordings, on trimmed recordings of a real hypervisor. */
@NullMarked
package io.vtlb.conformance.recording;

import org.jspecify.annotations.NullMarked;
