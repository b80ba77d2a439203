package io.vtlb.model.operation;

/**
 * One thing that the owner of the VMM does to a machine, under the guest's feet.
 *
 * <p>Frames are numbered in 4 KiB. An operation that cannot be done as it stands (a frame that is
 * mapped already, a host frame that belongs to another, a machine that is not there) does nothing,
 * so that any part of a sequence is a sequence.
 */
public sealed interface HostOperation extends Operation {

  /** The number of the machine that it concerns. */
  int vm();

  /**
   * Puts memory behind guest frames that had none; the new memory holds what nobody has written.
   *
   * @param guestFrame the first guest frame
   * @param hostFrame the host frame behind it, which belonged to nobody
   * @param frames how many, at least 1
   */
  record MapFrames(int vm, long guestFrame, long hostFrame, long frames) implements HostOperation {

    public MapFrames {
      requireFrames(guestFrame, frames);
      requireFrames(hostFrame, frames);
    }

    @Override
    public String toString() {
      return "mapping of guest %s of vm%d to host %s"
          .formatted(run(guestFrame, frames), vm, run(hostFrame, frames));
    }
  }

  /**
   * Takes the memory behind guest frames away, with what it held; they then belong to a device.
   *
   * @param guestFrame the first guest frame
   * @param frames how many, at least 1
   */
  record UnmapFrames(int vm, long guestFrame, long frames) implements HostOperation {

    public UnmapFrames {
      requireFrames(guestFrame, frames);
    }

    @Override
    public String toString() {
      return "unmapping of guest %s of vm%d".formatted(run(guestFrame, frames), vm);
    }
  }

  /**
   * Moves the content of guest frames to other host frames, as migration inside the host, merging
   * and copy-on-write do; the guest sees no difference.
   *
   * @param guestFrame the first guest frame
   * @param hostFrame the host frame that is behind it afterwards, which belonged to nobody
   * @param frames how many, at least 1
   */
  record MoveFrames(int vm, long guestFrame, long hostFrame, long frames) implements HostOperation {

    public MoveFrames {
      requireFrames(guestFrame, frames);
      requireFrames(hostFrame, frames);
    }

    @Override
    public String toString() {
      return "move of guest %s of vm%d to host %s"
          .formatted(run(guestFrame, frames), vm, run(hostFrame, frames));
    }
  }

  /**
   * Forbids or allows what the guest stores to guest frames. A store to a read-only frame is a
   * device access; accessed and dirty bits there are still set.
   *
   * @param guestFrame the first guest frame
   * @param frames how many, at least 1
   */
  record ProtectFrames(int vm, long guestFrame, long frames, boolean readOnly)
      implements HostOperation {

    public ProtectFrames {
      requireFrames(guestFrame, frames);
    }

    @Override
    public String toString() {
      return "making guest %s of vm%d %s"
          .formatted(run(guestFrame, frames), vm, readOnly ? "read-only" : "writable");
    }
  }

  /**
   * The host backs guest frames by pages of another size from now on, without moving them. It
   * revokes nothing; a VMM may let its active entries follow.
   *
   * @param guestFrame the first guest frame
   * @param frames how many, at least 1
   * @param pages base pages in each host page: 1 to split large ones, more to join small ones
   */
  record ResizePages(int vm, long guestFrame, long frames, int pages) implements HostOperation {

    public ResizePages {
      requireFrames(guestFrame, frames);
    }

    @Override
    public String toString() {
      return "backing of guest %s of vm%d by pages of %d KiB"
          .formatted(run(guestFrame, frames), vm, 4L * pages);
    }
  }

  /** From now on, notes which guest frames are written. */
  record StartDirtyLog(int vm) implements HostOperation {

    @Override
    public String toString() {
      return "start of the dirty log of vm" + vm;
    }
  }

  /** Asks for the guest frames written since the log was started or last harvested. */
  record HarvestDirtyLog(int vm) implements HostOperation {

    @Override
    public String toString() {
      return "harvest of the dirty log of vm" + vm;
    }
  }

  /** Creates a machine that was destroyed, as its world describes it, with fresh memory. */
  record CreateMachine(int vm) implements HostOperation {

    @Override
    public String toString() {
      return "creation of vm" + vm;
    }
  }

  /** Destroys a machine; its host frames belong to nobody then. */
  record DestroyMachine(int vm) implements HostOperation {

    @Override
    public String toString() {
      return "destruction of vm" + vm;
    }
  }

  private static String run(long first, long frames) {
    return frames == 1
        ? "frame 0x%x".formatted(first)
        : "frames 0x%x-0x%x".formatted(first, first + frames - 1);
  }

  private static void requireFrames(long first, long frames) {
    if (first < 0 || frames < 1) {
      throw new IllegalArgumentException(
          "frames are numbered from 0, and there is at least one: " + first + " " + frames);
    }
  }
}
