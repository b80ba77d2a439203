package io.vtlb.conformance.design.adversary;

import io.vtlb.conformance.design.parts.HostMemory;
import io.vtlb.conformance.design.parts.LoggedMemory;
import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.VmBlueprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One virtual machine: its memory, what the host has behind it, and its virtual CPUs. */
final class AdversaryMachine {

  private static final int MOST_VISITED = 12;

  private final GuestMemory memory;
  private final MirroredMemory mirror;
  private final Walker walker;
  private final List<AdversaryCpu> cpus = new ArrayList<>();
  private final HostMemory host;
  private final List<Long> visited = new ArrayList<>();

  AdversaryMachine(VmBlueprint blueprint, GuestMemory memory) {
    this.host = new HostMemory(blueprint.hostMap());
    this.memory = new LoggedMemory(memory, host);
    this.mirror = new MirroredMemory(blueprint.vm(), blueprint.hostMap(), memory);
    this.walker = new Walker(blueprint.profile());
    for (VmBlueprint.VcpuState state : blueprint.vcpus()) {
      AdmissibleTranslations admissible =
          new AdmissibleTranslations(walker, mirror.copy(), state.control());
      mirror.add(admissible);
      cpus.add(new AdversaryCpu(new Vcpu(blueprint.vm(), cpus.size()), admissible));
    }
  }

  GuestMemory memory() {
    return memory;
  }

  MirroredMemory mirror() {
    return mirror;
  }

  Walker walker() {
    return walker;
  }

  HostMemory host() {
    return host;
  }

  List<AdversaryCpu> cpus() {
    return cpus;
  }

  AdversaryCpu cpu(Vcpu name) {
    return cpus.get(name.index());
  }

  /** Makes sure that all is known of the walks to a page, numbered in 4 KiB. */
  void look(AdversaryCpu cpu, long page) {
    cpu.walksTo(page)
        .forEach(start -> mirror.look(walker.walkFrom(start, memory, cpu.control(), page)));
  }

  /** Sets A in the entries of a walk, and D in its leaf for a store. */
  void update(AdversaryCpu cpu, List<GuestWalk.Step> walked, boolean store) {
    int bytes = PagingMode.of(cpu.control()).format().bytes();
    for (GuestWalk.Step step : walked) {
      if (step.level().inMemory()) {
        boolean dirty = store && step.equals(walked.getLast());
        long bits = EntryBits.ACCESSED | (dirty ? EntryBits.DIRTY : 0);
        // One entry may be read at two levels, so it is read again.
        long entry = memory.read(step.address(), bytes);
        if ((entry & bits) != bits) {
          memory.compareAndSet(step.address(), bytes, entry, entry | bits);
          mirror.wrote(step.address(), bytes);
        }
      }
    }
  }

  /** Walks ahead of any access, and sets A where the walk goes on. */
  void walkAhead(AdversaryCpu cpu, long page) {
    GuestWalk walk = walker.walk(memory, cpu.control(), page);
    mirror.look(walk);
    boolean reached = walk.end() instanceof GuestWalk.End.Reached;
    int usable = walk.steps().size() - (reached ? 0 : 1);
    update(cpu, walk.steps().subList(0, usable), false);
  }

  /** Takes note of a page, numbered in 4 KiB, around which things happen. */
  void visit(long page) {
    visited.remove(page);
    visited.add(page);
    if (visited.size() > MOST_VISITED) {
      visited.removeFirst();
    }
  }

  List<Long> visited() {
    return visited;
  }

  /** A processor forgets; what it may have written meanwhile is noted. */
  void forgetInProcessor(AdversaryCpu cpu, Predicate<AdversaryCpu.Held> unwanted) {
    cpu.inProcessor()
        .removeIf(held -> {
          boolean goes = unwanted.test(held);
          if (goes) {
            mayHaveWritten(held.entry());
          }
          return goes;
        });
  }

  /** True if the frames that an entry lets the guest write are too many to be named. */
  boolean isUnnamable(ActiveEntry entry) {
    return host.logs() && entry.rights().write() && entry.pages() > PageSize.LARGE_4M;
  }

  /** Takes note of every frame that an entry may have let the guest write. */
  void mayHaveWritten(ActiveEntry entry) {
    if (host.logs() && entry.rights().write()) {
      for (long page = entry.page(); page < entry.page() + entry.pages(); page++) {
        host.wrote(host.map().guestFrame(entry.hostFrame(page)), 1);
      }
    }
  }

  /** Follows the host; returns every frame that may have been written in a harvested period. */
  Set<Long> follow(HostOperation operation) {
    cpus.forEach(cpu -> cpu.inProcessor().forEach(held -> mayHaveWritten(held.entry())));
    Set<Long> written = host.follow(operation);
    mirror.remap(host.map());
    return written;
  }
}
