package io.vtlb.conformance.trace;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.trace.World;
import java.util.Random;

/** Host operations that the format admits in a world, with the limits of each range drawn often. */
final class RandomHostOperations {

  private static final int[] PAGES = {1, PageSize.LARGE_2M, PageSize.LARGE_4M, PageSize.LARGE_1G};

  private final Random random;
  private final int machines;
  private final long guestFrames;

  RandomHostOperations(Random random, World world) {
    this.random = random;
    this.machines = world.machines().size();
    this.guestFrames = 1L << (world.profile().physicalAddressBits() - PageSize.BASE_SHIFT);
  }

  HostOperation next() {
    return switch (random.nextInt(7)) {
      case 0 -> new HostOperation.StartDirtyLog(vm());
      case 1 -> new HostOperation.HarvestDirtyLog(vm());
      case 2 ->
          random.nextBoolean()
              ? new HostOperation.CreateMachine(vm())
              : new HostOperation.DestroyMachine(vm());
      default -> ofFrames();
    };
  }

  /** One that may happen inside an event. */
  HostOperation ofFrames() {
    long frames = pick(1, 2, 16, FrameFormat.MAX_FRAMES);
    long guest = first(guestFrames, frames);
    long host = first(1L << 40, frames);
    return switch (random.nextInt(5)) {
      case 0 -> new HostOperation.MapFrames(vm(), guest, host, frames);
      case 1 -> new HostOperation.UnmapFrames(vm(), guest, frames);
      case 2 -> new HostOperation.MoveFrames(vm(), guest, host, frames);
      case 3 -> new HostOperation.ProtectFrames(vm(), guest, frames, random.nextBoolean());
      default -> new HostOperation.ResizePages(vm(), guest, frames, pick(PAGES));
    };
  }

  private int vm() {
    return random.nextInt(machines);
  }

  private long first(long limit, long frames) {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> limit - frames;
      default -> Math.min(random.nextInt(64), limit - frames);
    };
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }
}
