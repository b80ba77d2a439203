package io.vtlb.conformance.smoke;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.Response;
import io.vtlb.model.operation.Observation;
import io.vtlb.model.target.ActiveEntry;
import java.util.List;

/**
 * Something that a target was asked, and a right answer.
 *
 * @param operation the number of the operation that it was asked in, from 1; 0 before the first
 * @param writes what was written to guest memory before the answer, in order
 */
record Exchange(int operation, Call call, Answer answer, List<MemoryWrite> writes) {

  Exchange {
    writes = List.copyOf(writes);
  }

  /** What was answered. */
  sealed interface Answer {

    /** That it is done. */
    record Done() implements Answer {}

    /** How an event was answered. */
    record Responded(Response response) implements Answer {}

    /** What the active structure holds. */
    record Shown(List<ActiveEntry> entries) implements Answer {
      public Shown {
        entries = List.copyOf(entries);
      }
    }

    /** How the host was followed. */
    record Followed(HostResponse response) implements Answer {}

    /** What the guest saw. */
    record Observed(Observation observation) implements Answer {}
  }

  /** One write to guest memory. */
  sealed interface MemoryWrite {

    int vm();

    long address();

    int bytes();

    /** An update of an entry. */
    record CompareAndSet(int vm, long address, int bytes, long expected, long replacement)
        implements MemoryWrite {}

    /** A guest's store. */
    record Store(int vm, long address, int bytes, long value) implements MemoryWrite {}
  }
}
