package io.vtlb.conformance.bench.jqwik;

import io.vtlb.model.admissible.AdmissibleTranslations;
import io.vtlb.model.admissible.Invalidation;
import io.vtlb.model.admissible.Ways;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.event.Event;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.Response.Action;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.ProtectionKeyRights;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One virtual CPU of a chain: the model's admissible set beside the target, and what the processor
 * may hold of the target's active structure.
 */
final class ChainCpu {

  private static final int MOST_EVENTS = 8;

  /** One active entry that the processor may have cached for a privilege set. */
  private record Cached(PrivilegeSet set, ActiveEntry entry) {}

  private final Vcpu name;
  private final ChainMachine machine;
  private final Walker walker;
  private final VirtualTlb target;
  private final AdmissibleTranslations admissible;
  private final Set<Cached> cached = new HashSet<>();
  private final boolean alignmentCheck;
  private final int pkru;
  private int cpl;

  ChainCpu(Vcpu name, VcpuState state, ChainMachine machine, Walker walker, VirtualTlb target) {
    this.name = name;
    this.machine = machine;
    this.walker = walker;
    this.target = target;
    this.admissible = new AdmissibleTranslations(walker, machine.memory(), state.control());
    this.alignmentCheck = state.alignmentCheck();
    this.pkru = state.pkru();
    this.cpl = state.cpl();
  }

  Vcpu name() {
    return name;
  }

  AdmissibleTranslations admissible() {
    return admissible;
  }

  int cpl() {
    return cpl;
  }

  ControlState control() {
    return admissible.control();
  }

  private PrivilegeSet set() {
    return PrivilegeSet.of(cpl, alignmentCheck, control());
  }

  /**
   * An access of four bytes: the processor tries, and faults, until it completes or is handed over.
   */
  void access(AccessKind kind, long address, long value) {
    Access access = new Access(address, kind, set(), pkru, Integer.BYTES);
    for (int events = 0; events < MOST_EVENTS; events++) {
      Optional<ActiveEntry> entry = entryFor(access);
      if (entry.isPresent() && entry.get().permits(access, control())) {
        complete(access, entry.get(), value);
        return;
      }
      if (!(fault(access, entry, value).action() instanceof Action.Resume)) {
        return;
      }
    }
    throw new AssertionError(access + " does not complete");
  }

  private Optional<ActiveEntry> entryFor(Access access) {
    return target.activeEntries(name, access.set()).stream()
        .filter(entry -> entry.covers(access.page()))
        .findAny();
  }

  private void complete(Access access, ActiveEntry entry, long value) {
    long frame = machine.hostMap().guestFrame(entry.hostFrame(access.page()));
    Ways ways = waysOf(access);
    Guest.require(
        ways.frames().contains(frame),
        () -> access + " reached frame " + frame + ", but its ways are " + ways.ways());
    if (access.isStore()) {
      machine.store(PageSize.address(frame, PageSize.offset(access.address())), 4, value);
    }
  }

  private Ways waysOf(Access access) {
    return Ways.of(access, admissible, walker, machine.memory());
  }

  private Response fault(Access access, Optional<ActiveEntry> entry, long value) {
    cached.removeIf(one -> one.set() == access.set() && one.entry().covers(access.page()));
    Ways ways = waysOf(access);
    Event event = new Event.PageFault(name, access, activeCode(access, entry), value);
    Response response = target.handle(event);
    Guest.require(
        isRight(response.action(), access, ways),
        () -> access + " was answered with " + response + ", but its ways are " + ways.ways());
    drop(response);
    if (response.action() instanceof Action.InjectPageFault(FaultCode code, long _)) {
      admissible.drop(
          code.present() && !code.reserved()
              ? Invalidation.ofDeliveredFault(access.page(), control())
              : Invalidation.ofDeliveredWalkFault(access.page(), control()));
    }
    resume();
    return response;
  }

  private boolean isRight(Action action, Access access, Ways ways) {
    return switch (action) {
      case Action.InjectPageFault(FaultCode code, long address) ->
          ways.mayFault(code) && address == access.address();
      case Action.Resume resume -> !ways.allDeny();
      case Action.StoreEmulated emulated -> access.isStore() && !ways.allDeny();
      case Action.DeviceAccess device -> leadsToDevice(ways);
    };
  }

  private boolean leadsToDevice(Ways ways) {
    return ways.frames().stream().anyMatch(frame -> !machine.memory().backed(frame));
  }

  private FaultCode activeCode(Access access, Optional<ActiveEntry> found) {
    boolean keyForbids =
        found
            .filter(entry ->
                entry.key() != ActiveEntry.NO_KEY
                    && control().protectionKeys()
                    && ProtectionKeyRights.forbid(pkru, entry.key(), access, control()))
            .isPresent();
    return new FaultCode(
        (found.isPresent() ? FaultCode.PRESENT : 0)
            | (access.isStore() ? FaultCode.WRITE : 0)
            | (access.isUser() ? FaultCode.USER : 0)
            | (access.isFetch() ? FaultCode.FETCH : 0)
            | (keyForbids ? FaultCode.PROTECTION_KEY : 0));
  }

  void invalidatePage(long address) {
    long page = admissible.mode().canonicalPage(PageSize.page(address));
    admissible.drop(Invalidation.ofPage(page, control()));
    deliver(new Event.InvalidatePage(name, address));
  }

  void writeControl(ControlRegister register, long value) {
    ControlState before = control();
    RegisterWrite.of(register, value, before, walker.profile(), machine.memory())
        .map(after -> new Event.ControlWrite(name, register, value, before, after))
        .ifPresent(write -> {
          admissible.controlWritten(
              write.after(),
              Invalidation.ofControlWrite(write, walker.profile()).stream().toList());
          deliver(write);
        });
  }

  void runAt(int level) {
    int from = cpl;
    cpl = level;
    deliver(new Event.PrivilegeChange(name, from, level));
  }

  private void deliver(Event event) {
    Response response = target.handle(event);
    Guest.require(
        response.action() instanceof Action.Resume, () -> event + " was answered with " + response);
    drop(response);
    resume();
  }

  private void drop(Response response) {
    for (ProcessorDrop drop : response.drops()) {
      switch (drop) {
        case ProcessorDrop.Everything everything -> cached.clear();
        case ProcessorDrop.Page page ->
            cached.removeIf(one -> one.entry().covers(PageSize.page(page.address())));
      }
    }
  }

  /** The processor may cache every entry of the set that it runs in. */
  private void resume() {
    PrivilegeSet set = set();
    target.activeEntries(name, set).forEach(entry -> cached.add(new Cached(set, entry)));
  }

  /** Requires that all that can be reached, now or from the processor's cache, is admissible. */
  void check() {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      if (set.exists(control())) {
        target.activeEntries(name, set).forEach(entry -> requireAdmissible(set, entry));
      }
    }
    cached.forEach(one -> requireAdmissible(one.set(), one.entry()));
  }

  private void requireAdmissible(PrivilegeSet set, ActiveEntry entry) {
    Guest.require(isAdmissible(set, entry), () -> "%s %s holds %s".formatted(name, set, entry));
  }

  /** A large entry is admissible as a whole, or page by page. */
  private boolean isAdmissible(PrivilegeSet set, ActiveEntry entry) {
    if (entry.pages() > 1 && isWithinOne(set, entry)) {
      return true;
    }
    for (long page = entry.page(); page < entry.page() + entry.pages(); page++) {
      if (!isAdmissible(set, entry, page)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithinOne(PrivilegeSet set, ActiveEntry entry) {
    return admissible.at(entry.page()).stream()
        .anyMatch(translation ->
            translation.covers(entry.page() + entry.pages() - 1)
                && admissible.holdsWhole(translation)
                && machine.hostMap().contiguous(translation.frame(entry.page()), entry.pages())
                && grants(translation, set, entry, entry.page()));
  }

  private boolean isAdmissible(PrivilegeSet set, ActiveEntry entry, long page) {
    return admissible.at(page).stream()
        .anyMatch(translation -> grants(translation, set, entry, page));
  }

  private boolean grants(Translation translation, PrivilegeSet set, ActiveEntry entry, long page) {
    return machine.hostMap().hostFrame(translation.frame(page)) == entry.hostFrame(page)
        && entry.rights().within(Permission.resolve(translation.rights(), set, control()))
        && (!entry.rights().write() || translation.dirty())
        && keyIsRight(translation, entry);
  }

  private boolean keyIsRight(Translation translation, ActiveEntry entry) {
    return !control().protectionKeys()
        || !translation.rights().user()
        || (!entry.rights().read() && !entry.rights().write())
        || entry.key() == translation.key();
  }
}
