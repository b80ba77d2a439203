package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.CONTROL;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import java.lang.foreign.MemorySegment;

/** A control state as a library sees it. */
final class ControlStruct {

  private static final long CR0 = Layouts.offset(CONTROL, "cr0");
  private static final long CR3 = Layouts.offset(CONTROL, "cr3");
  private static final long CR4 = Layouts.offset(CONTROL, "cr4");
  private static final long EFER = Layouts.offset(CONTROL, "efer");
  private static final long PDPTES = Layouts.offset(CONTROL, "pdptes");

  private ControlStruct() {}

  /** Writes all of it, into a struct that begins at an offset. */
  static void write(ControlState state, MemorySegment at, long offset) {
    at.set(JAVA_LONG, offset + CR0, state.cr0());
    at.set(JAVA_LONG, offset + CR3, state.cr3());
    at.set(JAVA_LONG, offset + CR4, state.cr4());
    at.set(JAVA_LONG, offset + EFER, state.efer());
    for (int i = 0; i < PdpteRegisters.COUNT; i++) {
      at.set(JAVA_LONG, offset + PDPTES + (long) i * Long.BYTES, state.pdptes().get(i));
    }
  }
}
