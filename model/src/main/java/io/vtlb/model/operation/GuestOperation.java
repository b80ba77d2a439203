package io.vtlb.model.operation;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Vcpu;

/** One thing that a guest program, or another agent of its machine, does. */
public sealed interface GuestOperation extends Operation {

  /**
   * The virtual CPU that does it; for {@link ForeignStore}, one of the machine whose memory
   * changes.
   */
  Vcpu vcpu();

  /**
   * Reads data at a linear address; eight bytes that begin in the last four of a page cross into
   * the next.
   *
   * @param address linear, in bytes, a multiple of four
   * @param bytes how many, 4 or 8
   */
  record Load(Vcpu vcpu, long address, int bytes) implements GuestOperation {

    /** Reads four bytes. */
    public Load(Vcpu vcpu, long address) {
      this(vcpu, address, 4);
    }

    @Override
    public String toString() {
      return "load of %d bytes at 0x%x by %s".formatted(bytes, address, vcpu);
    }
  }

  /**
   * Writes data at a linear address; eight bytes that begin in the last four of a page cross into
   * the next.
   *
   * @param address linear, in bytes, a multiple of four
   * @param value what is written, little-endian
   * @param bytes how many, 4 or 8
   */
  record Store(Vcpu vcpu, long address, long value, int bytes) implements GuestOperation {

    /** Writes four bytes. */
    public Store(Vcpu vcpu, long address, long value) {
      this(vcpu, address, value, 4);
    }

    @Override
    public String toString() {
      return "store of 0x%x in %d bytes at 0x%x by %s".formatted(value, bytes, address, vcpu);
    }
  }

  /**
   * Fetches an instruction at a linear address; one of eight bytes that begins in the last four of
   * a page crosses into the next.
   *
   * @param address linear, in bytes, a multiple of four
   * @param bytes how many, 4 or 8
   */
  record Fetch(Vcpu vcpu, long address, int bytes) implements GuestOperation {

    /** Fetches four bytes. */
    public Fetch(Vcpu vcpu, long address) {
      this(vcpu, address, 4);
    }

    @Override
    public String toString() {
      return "fetch of %d bytes at 0x%x by %s".formatted(bytes, address, vcpu);
    }
  }

  /**
   * Another agent, such as a device, writes guest memory; no virtual CPU translates it.
   *
   * @param physicalAddress guest-physical, in bytes, a multiple of {@code bytes}, inside memory of
   *     the machine
   * @param value what is written, little-endian
   * @param bytes how many, 4 or 8
   */
  record ForeignStore(Vcpu vcpu, long physicalAddress, long value, int bytes)
      implements GuestOperation {

    /** Writes four bytes. */
    public ForeignStore(Vcpu vcpu, long physicalAddress, long value) {
      this(vcpu, physicalAddress, value, 4);
    }

    @Override
    public String toString() {
      return "store of 0x%x in %d bytes at 0x%x of vm%d by another agent"
          .formatted(value, bytes, physicalAddress, vcpu.vm());
    }
  }

  /**
   * INVLPG, a privileged instruction (Intel SDM vol. 2, INVLPG).
   *
   * @param address linear, in bytes
   */
  record InvalidatePage(Vcpu vcpu, long address) implements GuestOperation {

    @Override
    public String toString() {
      return "INVLPG of 0x%x by %s".formatted(address, vcpu);
    }
  }

  /**
   * INVPCID, a privileged instruction (Intel SDM vol. 2, INVPCID).
   *
   * @param type what it names
   * @param pcid the descriptor's PCID, 0 to 4095; types 2 and 3 do not look at it
   * @param address the descriptor's linear address, in bytes; only type 0 looks at it
   */
  record InvalidatePcid(Vcpu vcpu, InvalidationType type, int pcid, long address)
      implements GuestOperation {

    @Override
    public String toString() {
      return "INVPCID %s, PCID %d, address 0x%x, by %s"
          .formatted(type.words(), pcid, address, vcpu);
    }
  }

  /**
   * MOV to a control register, or WRMSR to IA32_EFER: privileged instructions (Intel SDM vol. 2).
   *
   * @param value the value written; bit 63 of CR3 asks that nothing be invalidated, if CR4.PCIDE=1
   */
  record WriteControl(Vcpu vcpu, ControlRegister register, long value) implements GuestOperation {

    @Override
    public String toString() {
      return "write of 0x%x to %s by %s".formatted(value, register, vcpu);
    }
  }

  /** WRPKRU, which no VMM can intercept (Intel SDM vol. 2, WRPKRU). */
  record WriteProtectionKeyRights(Vcpu vcpu, int value) implements GuestOperation {

    @Override
    public String toString() {
      return "write of 0x%x to PKRU by %s".formatted(value, vcpu);
    }
  }

  /** EFLAGS.AC changes, by whatever instruction; no VMM can intercept it. */
  record ChangeAlignmentCheck(Vcpu vcpu, boolean alignmentCheck) implements GuestOperation {

    @Override
    public String toString() {
      return "EFLAGS.AC=%d by %s".formatted(alignmentCheck ? 1 : 0, vcpu);
    }
  }

  /**
   * The current privilege level changes, by whatever instruction.
   *
   * @param cpl the level after it, 0 to 3
   */
  record ChangePrivilege(Vcpu vcpu, int cpl) implements GuestOperation {

    @Override
    public String toString() {
      return "change of %s to CPL %d".formatted(vcpu, cpl);
    }
  }
}
