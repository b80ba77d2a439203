package io.vtlb.model.operation;

import io.vtlb.model.machine.FaultCode;

/** What the guest program sees of one operation of its own. */
public sealed interface Observation {

  /** It completed and there is nothing to see. */
  record Completed() implements Observation {

    @Override
    public String toString() {
      return "completion";
    }
  }

  /**
   * A load or fetch completed.
   *
   * @param value the bytes read, little-endian, as many as the operation asked for
   */
  record Loaded(long value) implements Observation {

    @Override
    public String toString() {
      return "the value 0x%x".formatted(value);
    }
  }

  /** An access completed at a device: there is no memory behind the frame. */
  record ReachedDevice() implements Observation {

    @Override
    public String toString() {
      return "a device";
    }
  }

  /**
   * A page fault was delivered.
   *
   * @param code the error code pushed
   * @param address the linear address left in CR2
   */
  record PageFaulted(FaultCode code, long address) implements Observation {

    @Override
    public String toString() {
      return "#PF with code %s and address 0x%x".formatted(code, address);
    }
  }

  /**
   * A general-protection fault was delivered: a privileged operation in user mode, or a value the
   * manual forbids.
   */
  record GeneralProtection() implements Observation {

    @Override
    public String toString() {
      return "#GP";
    }
  }

  /** An invalid-opcode fault was delivered: the instruction needs a feature that is off. */
  record InvalidOpcode() implements Observation {

    @Override
    public String toString() {
      return "#UD";
    }
  }

  /**
   * The operation did not complete within the bound on events; the guest would see a hang.
   *
   * @param events how many events were answered before the harness gave up
   */
  record Stuck(int events) implements Observation {

    @Override
    public String toString() {
      return "no end after %d events".formatted(events);
    }
  }
}
