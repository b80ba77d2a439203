package io.vtlb.implementation;

import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.Set;

/**
 * The memory of one virtual machine: what its guest frames hold, which host frames stand behind
 * them, and where the guest may store without being seen.
 *
 * <p>The host may change what stands behind a frame whenever guest memory is read. So what is asked
 * here about the host holds until the next {@link #read}.
 */
final class MachineMemory {

  private final GuestMemory content;
  private final DirtyLog log = new DirtyLog();
  private HostMap hostMap;

  /** True if some frame is read-only or writes are logged: only then are stores looked at. */
  private boolean restrictsStores;

  MachineMemory(GuestMemory content, HostMap hostMap) {
    this.content = content;
    this.hostMap = hostMap;
    weighRestrictions();
  }

  /** Reads an entry of 4 or 8 bytes, after which the host may have changed anything. */
  long read(long address, int bytes) {
    return content.read(address, bytes);
  }

  /** Sets accessed and dirty bits of an entry that still is as it was read, and logs that. */
  boolean mark(long address, int bytes, long read, long marked) {
    if (!content.compareAndSet(address, bytes, read, marked)) {
      return false;
    }
    log.note(GuestEntry.frame(address));
    return true;
  }

  /** What stands behind the guest's frames now. */
  HostMap hostMap() {
    return hostMap;
  }

  /** The host has put other memory behind some frames, or protects them otherwise. */
  void remap(HostMap now) {
    hostMap = now;
    weighRestrictions();
  }

  /** True if an access to a guest frame reaches memory, not a device: stores to ROM do not. */
  boolean serves(long frame, boolean store) {
    return hostMap.hostFrame(frame) != HostMap.NO_FRAME
        && !(store && restrictsStores && hostMap.readOnly(frame));
  }

  /**
   * True if an entry may let the guest store to guest frames that the host protects alike. While
   * writes are logged, only entries of one frame may, so that no frame is named without need.
   */
  boolean permitsStores(long frame, Span span) {
    return !restrictsStores
        || (!hostMap.readOnly(frame) && (!log.isOn() || (span == Span.BASE && log.names(frame))));
  }

  /** What protection leaves of an entry whose host frames the host has not taken away. */
  long protectedAsNow(long entry) {
    Span span = EntryBits.span(entry);
    long frame = hostMap.guestFrame(EntryBits.hostFrame(entry));
    if (!hostMap.contiguous(frame, span.pages())) {
      return EntryBits.NONE;
    }
    return hostMap.readOnly(frame) ? EntryBits.withoutWrites(entry) : entry;
  }

  boolean logsWrites() {
    return log.isOn();
  }

  void startLog() {
    log.start();
    weighRestrictions();
  }

  /** Notes that a guest frame is about to be written. */
  void noteWrite(long frame) {
    log.note(frame);
  }

  /** The guest frames written since the log was started or last harvested. */
  Set<Long> harvestLog() {
    return log.harvest();
  }

  private void weighRestrictions() {
    restrictsStores = log.isOn() || hostMap.ranges().stream().anyMatch(HostRange::readOnly);
  }
}
