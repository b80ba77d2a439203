package io.vtlb.model.machine;

/**
 * The control registers of one virtual CPU that translation depends on.
 *
 * <p>Source: Intel SDM vol. 3, 2.5 and 4.1.3.
 *
 * @param cr0 CR0; bit 16 is WP, bit 31 is PG
 * @param cr3 CR3; with 32-bit paging bits 31:12 are the frame of the root table
 * @param cr4 CR4; bit 4 is PSE, bit 5 PAE, bit 7 PGE, bit 20 SMEP, bit 21 SMAP
 * @param efer IA32_EFER; bit 10 is LMA, bit 11 is NXE
 */
public record ControlState(long cr0, long cr3, long cr4, long efer) {

  public static final long CR0_PE = 1L;
  public static final long CR0_WP = 1L << 16;
  public static final long CR0_PG = 1L << 31;
  public static final long CR4_PSE = 1L << 4;
  public static final long CR4_PAE = 1L << 5;
  public static final long CR4_PGE = 1L << 7;
  public static final long CR4_SMEP = 1L << 20;
  public static final long CR4_SMAP = 1L << 21;
  public static final long EFER_LMA = 1L << 10;
  public static final long EFER_NXE = 1L << 11;

  /** Supervisor writes respect the R/W bit (CR0.WP). */
  public boolean writeProtect() {
    return (cr0 & CR0_WP) != 0;
  }

  /** Paging is on (CR0.PG). */
  public boolean paging() {
    return (cr0 & CR0_PG) != 0;
  }

  /** 4 MiB pages exist with 32-bit paging (CR4.PSE). */
  public boolean pageSizeExtensions() {
    return (cr4 & CR4_PSE) != 0;
  }

  /** Entries are eight bytes wide (CR4.PAE). */
  public boolean physicalAddressExtension() {
    return (cr4 & CR4_PAE) != 0;
  }

  /** The G bit of a leaf is honoured (CR4.PGE). */
  public boolean globalPages() {
    return (cr4 & CR4_PGE) != 0;
  }

  /** Supervisor fetches from user pages fault (CR4.SMEP). */
  public boolean supervisorExecutionPrevention() {
    return (cr4 & CR4_SMEP) != 0;
  }

  /** Supervisor data accesses to user pages fault unless EFLAGS.AC is set (CR4.SMAP). */
  public boolean supervisorAccessPrevention() {
    return (cr4 & CR4_SMAP) != 0;
  }

  /** Bit 63 of an eight-byte entry forbids fetches (IA32_EFER.NXE). */
  public boolean noExecute() {
    return (efer & EFER_NXE) != 0;
  }

  /** The value of one control register. */
  public long get(ControlRegister register) {
    return switch (register) {
      case CR0 -> cr0;
      case CR3 -> cr3;
      case CR4 -> cr4;
    };
  }

  /** The same state after a MOV of {@code value} to {@code register}. */
  public ControlState with(ControlRegister register, long value) {
    return switch (register) {
      case CR0 -> new ControlState(value, cr3, cr4, efer);
      case CR3 -> new ControlState(cr0, value, cr4, efer);
      case CR4 -> new ControlState(cr0, cr3, value, efer);
    };
  }
}
