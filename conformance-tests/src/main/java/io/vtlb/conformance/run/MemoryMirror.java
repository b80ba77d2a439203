package io.vtlb.conformance.run;

import io.vtlb.model.trace.Machine;
import java.util.List;

/**
 * A target that keeps guest memory somewhere else, and so has to be told of what it holds; it
 * follows what its host does, and knows what it writes itself.
 */
public interface MemoryMirror {

  /** For targets that read guest memory itself. */
  MemoryMirror NONE =
      new MemoryMirror() {
        @Override
        public void holds(int vm, List<Machine.Word> words) {}

        @Override
        public void stored(int vm, long physicalAddress, int bytes, long value) {}
      };

  /** What the memory of a machine holds, right before that is created. */
  void holds(int vm, List<Machine.Word> words);

  /**
   * The guest or another agent has stored.
   *
   * @param bytes 4 or 8
   */
  void stored(int vm, long physicalAddress, int bytes, long value);
}
