package io.vtlb.model.machine;

/**
 * The control registers of one virtual CPU that translation depends on.
 *
 * <p>Source: Intel SDM vol. 3, 2.5 and 4.1. What a write to one of them does, and whether it is
 * legal, is not said here.
 *
 * @param cr0 CR0; bit 0 is PE, 16 WP, 29 NW, 30 CD, 31 PG
 * @param cr3 CR3; the root's frame, and with CR4.PCIDE=1 the PCID in bits 11:0; bit 63 is never set
 * @param cr4 CR4; bit 4 is PSE, 5 PAE, 7 PGE, 12 LA57, 17 PCIDE, 20 SMEP, 21 SMAP, 22 PKE
 * @param efer IA32_EFER; bit 8 is LME, 10 LMA, 11 NXE
 * @param pdptes the PDPTE registers; they count with PAE paging only
 */
public record ControlState(long cr0, long cr3, long cr4, long efer, PdpteRegisters pdptes) {

  public static final long CR0_PE = 1L;
  public static final long CR0_WP = 1L << 16;
  public static final long CR0_NW = 1L << 29;
  public static final long CR0_CD = 1L << 30;
  public static final long CR0_PG = 1L << 31;
  public static final long CR3_PCID = 0xFFF;
  public static final long CR3_NO_FLUSH = 1L << 63;
  public static final long CR4_PSE = 1L << 4;
  public static final long CR4_PAE = 1L << 5;
  public static final long CR4_PGE = 1L << 7;
  public static final long CR4_LA57 = 1L << 12;
  public static final long CR4_PCIDE = 1L << 17;
  public static final long CR4_SMEP = 1L << 20;
  public static final long CR4_SMAP = 1L << 21;
  public static final long CR4_PKE = 1L << 22;
  public static final long EFER_LME = 1L << 8;
  public static final long EFER_LMA = 1L << 10;
  public static final long EFER_NXE = 1L << 11;

  /** A state whose PDPTE registers hold nothing. */
  public ControlState(long cr0, long cr3, long cr4, long efer) {
    this(cr0, cr3, cr4, efer, PdpteRegisters.NONE);
  }

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

  /** IA-32e mode is active (IA32_EFER.LMA). */
  public boolean longMode() {
    return (efer & EFER_LMA) != 0;
  }

  /** PAE paging is in use, so that the PDPTE registers count. */
  public boolean paePaging() {
    return paging() && physicalAddressExtension() && !longMode();
  }

  /** In IA-32e mode, linear addresses have 57 bits (CR4.LA57). */
  public boolean fiveLevels() {
    return (cr4 & CR4_LA57) != 0;
  }

  /** The G bit of a leaf is honoured (CR4.PGE). */
  public boolean globalPages() {
    return (cr4 & CR4_PGE) != 0;
  }

  /** CR3 holds a PCID (CR4.PCIDE). */
  public boolean processContexts() {
    return (cr4 & CR4_PCIDE) != 0;
  }

  /** The current PCID: bits 11:0 of CR3 if CR4.PCIDE=1, else 0 (Intel SDM vol. 3, 4.10.1). */
  public int pcid() {
    return processContexts() ? (int) (cr3 & CR3_PCID) : 0;
  }

  /** Supervisor fetches from user pages fault (CR4.SMEP). */
  public boolean supervisorExecutionPrevention() {
    return (cr4 & CR4_SMEP) != 0;
  }

  /** Supervisor data accesses to user pages fault unless EFLAGS.AC is set (CR4.SMAP). */
  public boolean supervisorAccessPrevention() {
    return (cr4 & CR4_SMAP) != 0;
  }

  /** PKRU restricts data accesses to user pages (CR4.PKE, in IA-32e mode). */
  public boolean protectionKeys() {
    return (cr4 & CR4_PKE) != 0 && longMode() && paging();
  }

  /** Bit 63 of an eight-byte entry forbids fetches (IA32_EFER.NXE). */
  public boolean noExecute() {
    return (efer & EFER_NXE) != 0;
  }

  /** The value of one register. */
  public long get(ControlRegister register) {
    return switch (register) {
      case CR0 -> cr0;
      case CR3 -> cr3;
      case CR4 -> cr4;
      case EFER -> efer;
    };
  }

  /** The same state with another value in one register, and nothing that follows from it. */
  public ControlState with(ControlRegister register, long value) {
    return switch (register) {
      case CR0 -> new ControlState(value, cr3, cr4, efer, pdptes);
      case CR3 -> new ControlState(cr0, value, cr4, efer, pdptes);
      case CR4 -> new ControlState(cr0, cr3, value, efer, pdptes);
      case EFER -> new ControlState(cr0, cr3, cr4, value, pdptes);
    };
  }

  /** The same state with other PDPTE registers. */
  public ControlState with(PdpteRegisters loaded) {
    return new ControlState(cr0, cr3, cr4, efer, loaded);
  }

  /** The registers as reports show them, for example {@code CR0 0x80010001, CR3 0x1000, …}. */
  @Override
  public String toString() {
    return "CR0 0x%x, CR3 0x%x, CR4 0x%x, EFER 0x%x%s"
        .formatted(
            cr0, cr3, cr4, efer, pdptes.equals(PdpteRegisters.NONE) ? "" : ", PDPTEs " + pdptes);
  }
}
