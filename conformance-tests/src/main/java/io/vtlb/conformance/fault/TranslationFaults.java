package io.vtlb.conformance.fault;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.paging.Level;
import io.vtlb.model.rule.Rule;
import java.util.List;

/** Guest entries that are walked or combined wrongly. */
final class TranslationFaults {

  private static final long WRITABLE = 1 << 1;
  private static final long USER = 1 << 2;
  private static final long LARGE = 1 << 7;
  private static final long HIGH_ADDRESS_OF_LARGE = 0xFF << 13;

  static final List<Fault> ALL =
      List.of(
          new Fault(
              "high-address-of-large-page-dropped",
              "Xen 4c5d78a10d (PSE-36 address bits)",
              Rule.DERIVE_1,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          level.pages() == PageSize.LARGE_4M && (entry & LARGE) != 0
                              ? entry & ~HIGH_ADDRESS_OF_LARGE
                              : entry)),
          new Fault(
              "large-page-without-page-size-extensions",
              "Xen 4c5d78a10d (PS honoured without CR4.PSE)",
              Rule.DERIVE_1,
              () ->
                  new ControlDeviation(control ->
                      control.with(ControlRegister.CR4, control.cr4() | ControlState.CR4_PSE))),
          new Fault(
              "reserved-bits-of-large-page-ignored",
              "Xen 51ce0a98c8 (reserved bits never checked)",
              Rule.DERIVE_1,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) ->
                          isDirectory(level) && (entry & LARGE) != 0
                              ? entry & ~reservedOfLarge(level)
                              : entry)),
          new Fault(
              "physical-address-width-ignored",
              "Xen 5dbd60e16a (addresses above MAXPHYADDR accepted)",
              Rule.EVENT_2,
              ProfileDeviation::ofEveryAddressBit),
          new Fault(
              "write-right-of-last-entry-only",
              "KVM b1bd5cba3306, CVE-2021-38198 (the last entry's rights, not the AND over the walk)",
              Rule.DERIVE_2,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) -> isDirectory(level) ? entry | WRITABLE : entry)),
          new Fault(
              "write-protection-of-supervisors-ignored",
              "NOVA 85b0e55d (CR0.WP ignored)",
              Rule.DERIVE_2,
              () ->
                  new ControlDeviation(control ->
                      control.with(ControlRegister.CR0, control.cr0() & ~ControlState.CR0_WP))),
          new Fault(
              "user-right-of-last-entry-only",
              "KVM b1bd5cba3306, CVE-2021-38198 (the last entry's rights, not the AND over the walk)",
              Rule.EVENT_4,
              () ->
                  new MisreadingDeviation(
                      event -> true,
                      (entry, level, control) -> isDirectory(level) ? entry | USER : entry)),
          new Fault(
              "one-structure-for-both-privilege-sets",
              "denies claims 12, 23 and 27",
              Rule.PRIV_1,
              EntryDeviation::sharedBetweenPrivilegeSets));

  private TranslationFaults() {}

  /** True if entries of a level may name tables. */
  static boolean isDirectory(Level level) {
    return level.leaf() != Level.LeafRule.ALWAYS;
  }

  private static long reservedOfLarge(Level level) {
    return level.pages() == PageSize.LARGE_4M ? 1 << 21 : (1L << level.shift()) - (1 << 13);
  }
}
