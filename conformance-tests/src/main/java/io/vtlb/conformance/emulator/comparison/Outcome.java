package io.vtlb.conformance.emulator.comparison;

import io.vtlb.model.machine.FaultCode;
import java.util.OptionalLong;

/** What may become of an access. */
public sealed interface Outcome {

  /**
   * It completes.
   *
   * @param value what it reads; nothing if it reads nothing that can be told
   */
  record Completes(OptionalLong value) implements Outcome {

    @Override
    public String toString() {
      return value.isEmpty() ? "completes" : "completes with 0x%x".formatted(value.getAsLong());
    }
  }

  /**
   * It is a page fault.
   *
   * @param address what CR2 holds
   */
  record Faults(FaultCode code, long address) implements Outcome {

    @Override
    public String toString() {
      return "#PF %s, CR2 0x%x".formatted(code, address);
    }
  }

  /** It is a #GP, since the address is not canonical. */
  record GeneralProtection() implements Outcome {

    @Override
    public String toString() {
      return "#GP(0)";
    }
  }

  /** Its state cannot be reached: the load of the PDPTE registers is a #GP. */
  record Unreachable() implements Outcome {

    @Override
    public String toString() {
      return "#GP at the load of CR3";
    }
  }
}
