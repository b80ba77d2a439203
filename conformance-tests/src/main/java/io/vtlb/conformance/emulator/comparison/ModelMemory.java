package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.MemoryLayout;
import io.vtlb.conformance.emulator.Word;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.List;

/**
 * The memory of a probe as the model takes it. Where the emulator's memory holds zero, the model's
 * holds tags, which are no present entries either.
 */
final class ModelMemory {

  private static final long FRAMES = MemoryLayout.END >>> PageSize.BASE_SHIFT;
  private static final HostMap ALL = new HostMap(List.of(new HostRange(0, 0, FRAMES)));

  private ModelMemory() {}

  static GuestPhysicalMemory of(List<Word> words) {
    GuestPhysicalMemory memory = new GuestPhysicalMemory(0, ALL);
    words.forEach(word -> memory.store(word.physical(), Long.BYTES, word.value()));
    return memory;
  }
}
