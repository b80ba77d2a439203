package io.vtlb.conformance.trace;

import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.PagingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Why no processor of a profile can be in a control state (Intel SDM vol. 3, 2.5, 4.1 and 4.4.1;
 * vol. 2, MOV to control registers).
 *
 * @param field the register at fault, as traces name it
 * @param problem what is wrong with it, or what it needs
 */
public record ImpossibleState(String field, String problem) {

  /** PE, MP, EM, TS, ET, NE, WP, AM, NW, CD and PG. */
  private static final long CR0_BITS = 0xE005_003FL;

  /** The low bits up to UMIP, FSGSBASE and OSXSAVE: what every processor modelled has. */
  private static final long CR4_BITS = 0x5_0FFFL;

  /** SCE and LMA. */
  private static final long EFER_BITS = 1 | ControlState.EFER_LMA;

  private static final List<OptionalBit> OPTIONAL_BITS =
      List.of(
          new OptionalBit("cr4", "CR4.LA57", ControlState.CR4_LA57, Capability.FIVE_LEVELS),
          new OptionalBit("cr4", "CR4.PCIDE", ControlState.CR4_PCIDE, Capability.PCID),
          new OptionalBit("cr4", "CR4.SMEP", ControlState.CR4_SMEP, Capability.SMEP),
          new OptionalBit("cr4", "CR4.SMAP", ControlState.CR4_SMAP, Capability.SMAP),
          new OptionalBit("cr4", "CR4.PKE", ControlState.CR4_PKE, Capability.PROTECTION_KEYS),
          new OptionalBit("efer", "EFER.LME", ControlState.EFER_LME, Capability.LONG_MODE),
          new OptionalBit("efer", "EFER.NXE", ControlState.EFER_NXE, Capability.NO_EXECUTE));

  /** A bit that exists only on processors with a capability. */
  private record OptionalBit(String field, String name, long mask, Capability capability) {}

  /** The first reason that is found; nothing if a processor can be in that state. */
  public static Optional<ImpossibleState> of(ControlState control, Profile profile) {
    return Stream.of(
            unknownBits("cr0", control.cr0(), CR0_BITS),
            unknownBits("cr4", control.cr4(), CR4_BITS),
            unknownBits("efer", control.efer(), EFER_BITS),
            missingCapabilities(control, profile),
            modes(control),
            root(control.cr3(), profile.physicalAddressBits()),
            control.paePaging() ? pdptes(control, profile) : Stream.<ImpossibleState>empty())
        .flatMap(reasons -> reasons)
        .findFirst();
  }

  private static Stream<ImpossibleState> unknownBits(String field, long value, long always) {
    long unknown = value & ~always;
    for (OptionalBit bit : OPTIONAL_BITS) {
      unknown &= bit.field.equals(field) ? ~bit.mask : -1;
    }
    return unknown == 0
        ? Stream.empty()
        : Stream.of(
            new ImpossibleState(
                field,
                "bit %d is reserved or not modelled"
                    .formatted(Long.numberOfTrailingZeros(unknown))));
  }

  private static Stream<ImpossibleState> missingCapabilities(
      ControlState control, Profile profile) {
    return OPTIONAL_BITS.stream()
        .filter(bit -> (bit.mask & (bit.field.equals("cr4") ? control.cr4() : control.efer())) != 0)
        .filter(bit -> !profile.has(bit.capability))
        .map(bit ->
            new ImpossibleState(
                bit.field,
                "%s=1 needs the capability %s, which the profile does not list"
                    .formatted(bit.name, Words.of(bit.capability))));
  }

  private static Stream<ImpossibleState> modes(ControlState control) {
    boolean paging = control.paging();
    boolean protectedMode = (control.cr0() & ControlState.CR0_PE) != 0;
    boolean cacheDisabled = (control.cr0() & ControlState.CR0_CD) != 0;
    boolean notWriteThrough = (control.cr0() & ControlState.CR0_NW) != 0;
    boolean enabled = (control.efer() & ControlState.EFER_LME) != 0;
    boolean active = control.longMode();
    return Stream.of(
            when(paging && !protectedMode, "cr0", "CR0.PG=1 needs CR0.PE=1"),
            when(notWriteThrough && !cacheDisabled, "cr0", "CR0.NW=1 needs CR0.CD=1"),
            when(active && !paging, "efer", "EFER.LMA=1 needs CR0.PG=1"),
            when(active && !enabled, "efer", "EFER.LMA=1 needs EFER.LME=1"),
            when(
                paging && enabled && !active,
                "efer",
                "EFER.LMA must be 1 where EFER.LME=1 and CR0.PG=1"),
            when(
                active && !control.physicalAddressExtension(), "cr4", "EFER.LMA=1 needs CR4.PAE=1"),
            when(control.processContexts() && !active, "cr4", "CR4.PCIDE=1 needs EFER.LMA=1"))
        .flatMap(reasons -> reasons);
  }

  private static Stream<ImpossibleState> root(long cr3, int bits) {
    if ((cr3 & ControlState.CR3_NO_FLUSH) != 0) {
      return when(true, "cr3", "bit 63 belongs to a write of CR3, the register never holds it");
    }
    return cr3 >>> bits == 0
        ? Stream.empty()
        : Stream.of(
            new ImpossibleState(
                "cr3", "%s reaches beyond %d-bit physical addresses".formatted(Hex.of(cr3), bits)));
  }

  private static Stream<ImpossibleState> pdptes(ControlState control, Profile profile) {
    PagingMode mode = PagingMode.PAE;
    long reserved = mode.format().reservedBits(mode.level(0), false, control, profile);
    PdpteRegisters registers = control.pdptes();
    return IntStream.range(0, PdpteRegisters.COUNT)
        .filter(index -> (registers.get(index) & EntryBits.PRESENT) != 0)
        .filter(index -> (registers.get(index) & reserved) != 0)
        .mapToObj(index ->
            new ImpossibleState(
                "pdptes[%d]".formatted(index),
                "bit %d is reserved in a present PDPTE"
                    .formatted(Long.numberOfTrailingZeros(registers.get(index) & reserved))));
  }

  private static Stream<ImpossibleState> when(boolean wrong, String field, String problem) {
    return wrong ? Stream.of(new ImpossibleState(field, problem)) : Stream.empty();
  }
}
