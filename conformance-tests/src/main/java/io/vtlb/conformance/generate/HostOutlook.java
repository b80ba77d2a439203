package io.vtlb.conformance.generate;

import io.vtlb.model.machine.PageSize;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.operation.HostOperation.MapFrames;
import io.vtlb.model.operation.HostOperation.MoveFrames;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a generator knows of the host while it chooses operations: which machines are there, what is
 * behind their frames, and which host frames are free.
 *
 * <p>Frames that some machine has left are given to others again, since that is where a forgotten
 * translation leads into another's memory.
 */
final class HostOutlook {

  /** Host frames that belong to nobody. */
  private record FreeRun(long first, long frames) {}

  /** More than any machine of a generated world has, from its first host frame on. */
  private static final long FRAMES_OF_ONE_MACHINE = 0x10_0000;

  private final SplittableRandom choices;
  private final List<HostMap> initial = new ArrayList<>(1);
  private final List<HostMap> maps = new ArrayList<>(1);
  private final List<Boolean> there = new ArrayList<>(1);
  private final List<FreeRun> left = new ArrayList<>(0);
  private long unused;

  HostOutlook(World world, SplittableRandom choices) {
    this.choices = choices;
    world
        .machines()
        .forEach(machine -> {
          initial.add(machine.hostMap());
          maps.add(machine.hostMap());
          there.add(true);
        });
    unused = FRAMES_OF_ONE_MACHINE * (world.machines().size() + 1);
  }

  int machines() {
    return maps.size();
  }

  boolean isThere(int vm) {
    return there.get(vm);
  }

  HostMap map(int vm) {
    return maps.get(vm);
  }

  MapFrames map(int vm, long guestFrame, long frames) {
    long hostFrame = free(frames);
    maps.set(vm, map(vm).with(new HostRange(guestFrame, hostFrame, frames)));
    return new MapFrames(vm, guestFrame, hostFrame, frames);
  }

  UnmapFrames unmap(int vm, long guestFrame, long frames) {
    leave(vm, guestFrame, frames);
    maps.set(vm, map(vm).without(guestFrame, frames));
    return new UnmapFrames(vm, guestFrame, frames);
  }

  MoveFrames move(int vm, long guestFrame, long frames) {
    long hostFrame = free(frames);
    boolean readOnly = map(vm).readOnly(guestFrame);
    leave(vm, guestFrame, frames);
    maps.set(vm, map(vm).with(new HostRange(guestFrame, hostFrame, frames, readOnly)));
    return new MoveFrames(vm, guestFrame, hostFrame, frames);
  }

  ProtectFrames protect(int vm, long guestFrame, long frames, boolean readOnly) {
    maps.set(vm, map(vm).protecting(guestFrame, frames, readOnly));
    return new ProtectFrames(vm, guestFrame, frames, readOnly);
  }

  HostOperation destroy(int vm) {
    for (HostRange range : map(vm).ranges()) {
      leave(vm, range.guestFrame(), range.frames());
    }
    maps.set(vm, new HostMap(List.of()));
    there.set(vm, false);
    return new HostOperation.DestroyMachine(vm);
  }

  /** Creates a machine again, after others have moved off its frames. */
  List<Operation> create(int vm) {
    List<Operation> operations = new ArrayList<>(2);
    for (HostRange own : initial.get(vm).ranges()) {
      for (int other = 0; other < maps.size(); other++) {
        moveOff(other, own, operations);
      }
      left.removeIf(run -> overlaps(own, run.first(), run.frames()));
    }
    maps.set(vm, initial.get(vm));
    there.set(vm, true);
    operations.add(new HostOperation.CreateMachine(vm));
    return operations;
  }

  private void moveOff(int vm, HostRange own, List<Operation> operations) {
    for (HostRange range : map(vm).ranges()) {
      if (overlaps(own, range.hostFrame(), range.frames())) {
        maps.set(
            vm,
            map(vm)
                .with(new HostRange(range.guestFrame(), unused, range.frames(), range.readOnly())));
        operations.add(new MoveFrames(vm, range.guestFrame(), unused, range.frames()));
        unused += range.frames();
      }
    }
  }

  private static boolean overlaps(HostRange own, long first, long frames) {
    return first < own.hostFrame() + own.frames() && own.hostFrame() < first + frames;
  }

  private void leave(int vm, long guestFrame, long frames) {
    for (HostRange part : map(vm).behind(guestFrame, frames)) {
      left.add(new FreeRun(part.hostFrame(), part.frames()));
    }
  }

  /** Free host frames: mostly some that were left before, if there are enough in a run. */
  private long free(long frames) {
    if (!left.isEmpty() && choices.nextInt(3) != 0) {
      int index = choices.nextInt(left.size());
      FreeRun run = left.get(index);
      if (run.frames() >= frames) {
        left.remove(index);
        if (run.frames() > frames) {
          left.add(new FreeRun(run.first() + frames, run.frames() - frames));
        }
        return run.first();
      }
    }
    // Memory for a large page is aligned like it, so that it may be mapped by one entry.
    long alignment = frames >= PageSize.LARGE_2M ? PageSize.LARGE_4M : 1;
    long first = (unused + alignment - 1) / alignment * alignment;
    unused = first + frames;
    return first;
  }
}
