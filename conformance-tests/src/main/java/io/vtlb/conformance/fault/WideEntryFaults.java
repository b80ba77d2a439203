package io.vtlb.conformance.fault;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** Mistakes that entries of eight bytes make possible: PDPTE registers, top levels, wide frames. */
final class WideEntryFaults {

  private static final long LARGE = 1 << 7;
  private static final long GLOBAL = 1 << 8;
  private static final long ABOVE_32_BITS = 0xF_FFFF_0000_0000L;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "pdptes-read-from-memory-at-each-walk",
              "KVM e4e517b4be01 (PDPTEs read from memory again instead of the latched registers)",
              Rule.EVENT_3,
              PdpteDeviation::readAtEachFault),
          new Fault(
              "pdptes-not-reloaded-by-cr0-and-cr4",
              "KVM 2c5653caecc4 (reloaded PDPTEs not propagated when PGE or CD toggles)",
              Rule.TLB_5,
              PdpteDeviation::notReloadedWithRootUnchanged),
          new Fault(
              "page-size-bit-of-top-entry-ignored",
              "Xen 46699c7393, XSA-176 (PS in a top-level entry)",
              Rule.EVENT_3,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          level.leaf() == Level.LeafRule.NEVER ? entry & ~LARGE : entry)),
          new Fault(
              "alignment-bits-of-large-page-ignored",
              "Xen 6d972a6195 (alignment bits of a large page)",
              Rule.DERIVE_1,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          level.pages() == PageSize.LARGE_2M && (entry & LARGE) != 0
                              ? entry & ~0x1F_E000L
                              : entry)),
          new Fault(
              "frame-number-truncated-to-32-bits",
              "Xen 8b17648339, XSA-173 (a frame number truncated)",
              Rule.DERIVE_1,
              () ->
                  new MisreadingDeviation(
                      event -> true, (entry, level, control) -> entry & ~ABOVE_32_BITS)),
          new Fault(
              "execute-disable-not-reserved-without-nxe",
              "KVM 9645bb56b31a (tables shared across EFER.NXE values)",
              Rule.EVENT_3,
              () ->
                  new ControlDeviation(control ->
                      control.with(ControlRegister.EFER, control.efer() | ControlState.EFER_NXE))),
          new Fault(
              "top-entry-bit-of-vendor-not-reserved",
              "the shadow MMU recordings (AMD reserves bit 8 of a PML4E)",
              Rule.EVENT_3,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          level.leaf() == Level.LeafRule.NEVER ? entry & ~GLOBAL : entry)));

  private WideEntryFaults() {}
}
