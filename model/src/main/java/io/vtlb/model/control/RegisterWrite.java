package io.vtlb.model.control;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.GuestMemory;
import java.util.Optional;

/**
 * A write to a control register or to IA32_EFER at CPL 0: the state after it, or a #GP.
 *
 * <p>Source: Intel SDM vol. 2, MOV to control registers (protected and 64-bit mode exceptions);
 * vol. 3, 2.5, 4.1.2 and 10.8.5. A guest that leaves IA-32e mode is taken to do so from
 * compatibility mode, where clearing CR0.PG is legal (docs/adr/0010).
 */
public final class RegisterWrite {

  private static final long LOW_32 = 0xFFFF_FFFFL;

  /** PE, MP, EM, TS, ET, NE, WP, AM, NW, CD and PG; writes to the other low bits are ignored. */
  private static final long CR0_DEFINED = 0xE005_003FL;

  private static final long CR0_RELOADING =
      ControlState.CR0_CD | ControlState.CR0_NW | ControlState.CR0_PG;

  /** Bits of CR4 that concern no translation and that every processor modelled has. */
  private static final long CR4_ALWAYS =
      0b0101_0000_1111_0100_1111L
          | ControlState.CR4_PSE
          | ControlState.CR4_PAE
          | ControlState.CR4_PGE;

  private static final long EFER_SCE = 1;

  private final Profile profile;
  private final GuestMemory memory;
  private final ControlState before;

  private RegisterWrite(Profile profile, GuestMemory memory, ControlState before) {
    this.profile = profile;
    this.memory = memory;
    this.before = before;
  }

  /**
   * The control state after a write, or nothing where the write is a #GP and changes nothing.
   *
   * <p>Outside 64-bit mode MOV to a control register has a source of 32 bits, so what is above them
   * in {@code value} does not exist; WRMSR has 64 bits in every mode.
   *
   * @param memory where the PDPTE registers are loaded from, if the write loads them
   */
  public static Optional<ControlState> of(
      ControlRegister register,
      long value,
      ControlState before,
      Profile profile,
      GuestMemory memory) {
    RegisterWrite write = new RegisterWrite(profile, memory, before);
    long moved = before.longMode() ? value : value & LOW_32;
    return switch (register) {
      case CR0 -> write.cr0(moved);
      case CR3 -> write.cr3(moved);
      case CR4 -> write.cr4(moved);
      case EFER -> write.efer(value);
    };
  }

  private Optional<ControlState> cr0(long written) {
    long value = written & CR0_DEFINED;
    boolean paging = (value & ControlState.CR0_PG) != 0;
    boolean turnsOn = paging && !before.paging();
    boolean turnsOff = !paging && before.paging();
    boolean longMode = (before.efer() & ControlState.EFER_LME) != 0;
    if ((written & ~LOW_32) != 0
        || (paging && (value & ControlState.CR0_PE) == 0)
        || ((value & ControlState.CR0_NW) != 0 && (value & ControlState.CR0_CD) == 0)
        || (turnsOn && longMode && !before.physicalAddressExtension())
        || (turnsOff && before.processContexts())) {
      return Optional.empty();
    }
    long efer =
        paging && longMode
            ? before.efer() | ControlState.EFER_LMA
            : before.efer() & ~ControlState.EFER_LMA;
    ControlState after = new ControlState(value, before.cr3(), before.cr4(), efer, before.pdptes());
    boolean reloads = ((value ^ before.cr0()) & CR0_RELOADING) != 0;
    return reloads ? loadingPdptes(after) : Optional.of(after);
  }

  private Optional<ControlState> cr3(long value) {
    if (!before.longMode()) {
      return loadingPdptes(before.with(ControlRegister.CR3, value));
    }
    long root = before.processContexts() ? value & ~ControlState.CR3_NO_FLUSH : value;
    return root >>> profile.physicalAddressBits() != 0
        ? Optional.empty()
        : Optional.of(before.with(ControlRegister.CR3, root));
  }

  private Optional<ControlState> cr4(long value) {
    long changed = value ^ before.cr4();
    boolean enablesContexts = (changed & value & ControlState.CR4_PCIDE) != 0;
    if ((value & ~writableInCr4()) != 0
        || (before.longMode() && (changed & (ControlState.CR4_PAE | ControlState.CR4_LA57)) != 0)
        || (enablesContexts
            && (!before.longMode() || (before.cr3() & ControlState.CR3_PCID) != 0))) {
      return Optional.empty();
    }
    ControlState after = before.with(ControlRegister.CR4, value);
    return (changed & profile.vendor().pdpteReloadingBits()) != 0
        ? loadingPdptes(after)
        : Optional.of(after);
  }

  private long writableInCr4() {
    return CR4_ALWAYS
        | offered(Capability.FIVE_LEVELS, ControlState.CR4_LA57)
        | offered(Capability.PCID, ControlState.CR4_PCIDE)
        | offered(Capability.SMEP, ControlState.CR4_SMEP)
        | offered(Capability.SMAP, ControlState.CR4_SMAP)
        | offered(Capability.PROTECTION_KEYS, ControlState.CR4_PKE);
  }

  /** LMA is the processor's: what is written to it does not count. */
  private Optional<ControlState> efer(long value) {
    long writable =
        EFER_SCE
            | offered(Capability.LONG_MODE, ControlState.EFER_LME)
            | offered(Capability.NO_EXECUTE, ControlState.EFER_NXE);
    long written = value & ~ControlState.EFER_LMA;
    boolean changesMode = ((written ^ before.efer()) & ControlState.EFER_LME) != 0;
    if ((written & ~writable) != 0 || (changesMode && before.paging())) {
      return Optional.empty();
    }
    return Optional.of(
        before.with(ControlRegister.EFER, written | (before.efer() & ControlState.EFER_LMA)));
  }

  private long offered(Capability capability, long bit) {
    return profile.has(capability) ? bit : 0;
  }

  private Optional<ControlState> loadingPdptes(ControlState after) {
    return after.paePaging()
        ? PdpteLoad.of(after, profile, memory).map(after::with)
        : Optional.of(after);
  }
}
