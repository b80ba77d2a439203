package io.vtlb.conformance.trace;

import io.vtlb.model.machine.FaultCode;

/** The error code of a page fault: any 32 bits, because a target may hand over any. */
final class FaultCodeFormat {

  private FaultCodeFormat() {}

  static String text(FaultCode code) {
    return Hex.of(Integer.toUnsignedLong(code.bits()));
  }

  static FaultCode read(Fields fields, String name) throws BadTrace {
    return new FaultCode((int) fields.word(name));
  }
}
