package io.vtlb.conformance.emulator;

import io.vtlb.model.machine.ControlState;
import java.util.ArrayList;
import java.util.List;

/**
 * A probe as the runner reads it, in quadwords: the guest's registers, room for its exit, then for
 * each word its address, its value, and room for what is there afterwards.
 *
 * <p>The last word is the root entry of the {@link LaunchPad}. The offsets are those of {@code
 * runner.S}.
 */
final class ProbeRecord {

  private static final int CR0 = 0;
  private static final int CR3 = 8;
  private static final int CR4 = 16;
  private static final int EFER = 24;
  private static final int RIP = 32;
  private static final int FLAGS = 40;
  private static final int RBX = 48;
  private static final int RCX = 56;
  private static final int CS = 64;
  private static final int SS = 72;
  private static final int PKRU = 80;
  private static final int WORDS = 88;
  private static final int GDTR = 96;
  private static final int RAX = 104;
  private static final int EXIT = 112;
  private static final int INFO1 = 120;
  private static final int INFO2 = 128;
  private static final int RAX_OUT = 136;
  private static final int RIP_OUT = 144;
  private static final int CPL = 152;
  private static final int MM0_OUT = 160;
  private static final int LIST = 168;
  private static final int WORD = 24;

  private static final long EFER_SVME = 1L << 12;
  private static final long RFLAGS = 0x2;
  private static final long RFLAGS_AC = 1L << 18;
  private static final int DESCRIPTOR = 8;

  private static final long EXIT_EXCEPTION = 0x40;
  private static final long EXCEPTIONS = 32;
  private static final int INVALID_OPCODE = 6;
  private static final int PAGE_FAULT = 14;
  private static final int EXIT_INVALID = -1;

  private ProbeRecord() {}

  /** How many bytes a record takes at most. */
  static long bytes(Probe probe) {
    return LIST + WORD * (probe.words().size() + 1L);
  }

  /** Writes a record; says where the next one begins. */
  static long write(SharedMemory memory, long at, Probe probe) {
    ControlState control = probe.control();
    if (!Emulator.accepts(probe)) {
      throw new IllegalArgumentException("no free memory, or no room in the root: " + probe);
    }
    boolean mapped = LaunchPad.isMapped(probe);
    boolean fetch = probe.instruction() == Instruction.FETCH;
    int index = mapped ? LaunchPad.freeIndex(probe) : 0;
    long pad = LaunchPad.code(probe, index) + probe.instruction().offset();
    memory.put(at + CR0, control.cr0());
    memory.put(at + CR3, control.cr3());
    memory.put(at + CR4, control.cr4());
    memory.put(at + EFER, control.efer() | EFER_SVME);
    memory.put(at + RIP, fetch ? probe.address() : pad);
    memory.put(at + FLAGS, probe.alignmentCheck() ? RFLAGS | RFLAGS_AC : RFLAGS);
    memory.put(at + RBX, probe.address());
    memory.put(at + RCX, probe.instruction().isImplicit() ? DESCRIPTOR : probe.value());
    memory.put(at + CS, segment(0x08, control.longMode() ? 0xa9b : 0xc9b, probe.cpl()));
    memory.put(at + SS, segment(0x10, 0xc93, probe.cpl()));
    memory.put(at + PKRU, Integer.toUnsignedLong(probe.pkru()));
    memory.put(at + GDTR, probe.address() - DESCRIPTOR);
    // What runs if no instruction was placed at a fetch's target stores through RAX.
    memory.put(at + RAX, fetch ? probe.address() ^ 0x800 : 0);
    memory.put(at + CPL, probe.cpl());
    memory.put(at + WORDS, probe.words().size() + (mapped ? 1L : 0));
    long list = at + LIST;
    for (Word word : probe.words()) {
      list = place(memory, list, word);
    }
    return mapped ? place(memory, list, LaunchPad.entry(probe, index)) : list;
  }

  private static long place(SharedMemory memory, long list, Word word) {
    memory.put(list, word.physical());
    memory.put(list + 8, word.value());
    return list + WORD;
  }

  /** Where the next record begins. */
  static long end(Probe probe, long at) {
    return at + LIST + WORD * (probe.words().size() + (LaunchPad.isMapped(probe) ? 1L : 0));
  }

  /** Reads what became of a probe. */
  static ProbeResult read(SharedMemory memory, long at, Probe probe) {
    List<Word> after = new ArrayList<>(probe.words().size());
    long list = at + LIST;
    for (Word word : probe.words()) {
      after.add(new Word(word.physical(), memory.get(list + 16)));
      list += WORD;
    }
    long exit = memory.get(at + EXIT);
    long end = memory.get(at + RIP_OUT);
    long length = end - memory.get(at + RIP);
    if ((int) exit == EXIT_INVALID) {
      return new ProbeResult.Refused(after);
    }
    long vector = exit - EXIT_EXCEPTION;
    if (vector == INVALID_OPCODE && length == probe.instruction().length()) {
      return new ProbeResult.Completed(value(memory, at, probe), after);
    }
    if (vector < 0 || vector >= EXCEPTIONS || length != 0) {
      return new ProbeResult.Strayed(exit, end, after);
    }
    int code = (int) memory.get(at + INFO1);
    return vector == PAGE_FAULT
        ? new ProbeResult.PageFault(code, memory.get(at + INFO2), after)
        : new ProbeResult.OtherException((int) vector, code, after);
  }

  private static long value(SharedMemory memory, long at, Probe probe) {
    return switch (probe.instruction()) {
      case LOAD_4, FETCH -> memory.get(at + RAX_OUT) & 0xFFFF_FFFFL;
      case LOAD_8 -> memory.get(at + MM0_OUT);
      case STORE_4, STORE_8, IMPLICIT_LOAD -> 0;
    };
  }

  /** A flat segment as a VMCB holds it (AMD APM vol. 2, 15.5.1): selector, attributes, limit. */
  private static long segment(int selector, int attributes, int cpl) {
    return (selector | cpl) | (long) (attributes | cpl << 5) << 16 | 0xffff_ffffL << 32;
  }
}
