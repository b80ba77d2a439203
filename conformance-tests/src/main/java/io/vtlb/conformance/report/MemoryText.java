package io.vtlb.conformance.report;

import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.trace.Machine;
import java.util.SortedSet;
import java.util.TreeSet;

/** The words of a machine's memory that hold no tag, read as entries. */
final class MemoryText {

  private static final int ENTRY_BYTES = 8;
  private static final int WORD_BYTES = 4;

  private MemoryText() {}

  /** One line an entry; of eight bytes if a virtual CPU starts with CR4.PAE=1, else of four. */
  static String of(int vm, Machine machine) {
    StringBuilder text = new StringBuilder();
    boolean wide =
        machine.vcpus().stream().anyMatch(state -> state.control().physicalAddressExtension());
    if (wide) {
      appendEightBytes(text, vm, machine);
    } else {
      for (Machine.Word word : machine.words()) {
        text.append(
            "    [0x%05x] = 0x%08x  %s%n"
                .formatted(
                    word.physicalAddress(), word.value(), EntryText.fourBytes(word.value())));
      }
    }
    return text.toString();
  }

  /** A half that is not among the words holds its tag, and is shown as what it holds. */
  private static void appendEightBytes(StringBuilder text, int vm, Machine machine) {
    GuestPhysicalMemory memory = new GuestPhysicalMemory(vm, machine.hostMap());
    SortedSet<Long> words = new TreeSet<>();
    for (Machine.Word word : machine.words()) {
      memory.write(word.physicalAddress(), word.value());
      words.add(word.physicalAddress());
    }
    for (long address : words) {
      boolean lower = address % ENTRY_BYTES == 0;
      if (lower || !words.contains(address - WORD_BYTES)) {
        long entry = address & -ENTRY_BYTES;
        long value = memory.read(entry, ENTRY_BYTES);
        String tag = lower && words.contains(address + WORD_BYTES) ? "" : tagged(!lower);
        text.append(
            "    [0x%05x] = 0x%016x  %s%s%n"
                .formatted(entry, value, EntryText.eightBytes(value), tag));
      }
    }
  }

  private static String tagged(boolean lower) {
    return " (its " + (lower ? "lower" : "upper") + " half is a tag)";
  }
}
