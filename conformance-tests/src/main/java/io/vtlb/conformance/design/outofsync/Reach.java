package io.vtlb.conformance.design.outofsync;

import io.vtlb.model.paging.EntryFormat;
import io.vtlb.model.paging.WalkRights;

/**
 * What a processor has combined on its way through shadow entries, which carry the guest's flags.
 *
 * @param rights the AND over the levels, less withheld write rights
 * @param key the protection key of the last entry: a leaf's counts
 */
record Reach(WalkRights rights, int key) {

  static final Reach ROOT = new Reach(WalkRights.ROOT, 0);

  /** Splinters have no flags of their own: the entry that maps the large page has them. */
  Reach through(ShadowType type, ShadowEntry entry) {
    boolean mayWrite =
        switch (entry) {
          case ShadowEntry.Link link -> link.mayWrite();
          case ShadowEntry.Page page -> page.mayWrite();
          case ShadowEntry.Device device -> device.dirty();
        };
    EntryFormat format = type.mode().format();
    WalkRights own = type.splintered() ? rights : rights.through(entry.guest(), format);
    return new Reach(
        new WalkRights(own.writable() && mayWrite, own.user(), own.executable()),
        type.splintered() ? key : format.protectionKey(entry.guest()));
  }
}
