package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.DEVICE_FRAME;
import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.guest.ExampleGuest.OTHER_FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.machine.PrivilegeSet.USER;
import static io.vtlb.model.monitor.Scene.flushed;
import static io.vtlb.model.monitor.Scene.injected;
import static io.vtlb.model.monitor.Scene.load;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.resumed;
import static io.vtlb.model.monitor.Scene.store;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.ObservationLevel;
import java.util.Optional;
import java.util.Set;

/**
 * The smallest scripts that break one rule about what is reachable, or about guest memory, and no
 * other.
 */
final class BrokenContent {

  /** A host frame that no machine owns. */
  private static final long NOBODYS = 0xDEAD;

  private BrokenContent() {}

  static Optional<Violation> startsWithAnEntry(Set<Rule> judged) {
    Scene scene = new Scene(judged, ObservationLevel.SELF_REPORTING);
    return scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).create();
  }

  static Optional<Violation> wrongFrame(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    return scene.shows(SUPERVISOR, scene.entry(0, OTHER_FRAME, "r--")).fault(load(0), mended());
  }

  static Optional<Violation> writableThoughReadOnly(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PUAD");
    return scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-")).fault(load(0), mended());
  }

  static Optional<Violation> writableThoughClean(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUA");
    return scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-")).fault(load(0), mended());
  }

  static Optional<Violation> foreignFrame(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    return scene.shows(SUPERVISOR, scene.foreignEntry(0, FRAME, "r--")).fault(load(0), mended());
  }

  static Optional<Violation> changesAnotherMachine(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"))
        .otherShows(SUPERVISOR, scene.foreignEntry(0, FRAME, "r--"))
        .fault(load(0), mended());
  }

  static Optional<Violation> supervisorPageForUsers(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWAD");
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "rwx"))
        .shows(USER, scene.entry(0, FRAME, "r--"))
        .fault(load(0), mended());
  }

  static Optional<Violation> deviceMapped(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, DEVICE_FRAME, "PWUAD");
    return scene
        .shows(SUPERVISOR, Scene.entryTo(0, NOBODYS, "r--"))
        .fault(
            load(0),
            Response.of(new Response.Action.DeviceAccess())
                .reporting(EventCause.DEVICE_ACCESS, ResyncKind.FLUSH));
  }

  static Optional<Violation> keptAfterInvalidatePage(Set<Rule> judged) {
    return remapped(judged, "PWUAD").invalidate(0, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAfterRootLoad(Set<Rule> judged) {
    return remapped(judged, "PWUAD").reloadRoot(flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAfterGlobalToggle(Set<Rule> judged) {
    return remapped(judged, "PWUADG")
        .write(ControlRegister.CR4, ControlState.CR4_PSE, flushed(ResyncKind.NONE));
  }

  static Optional<Violation> keptAfterDeliveredFault(Set<Rule> judged) {
    return remapped(judged, "PUAD")
        .fault(store(0), injected(store(0), FaultCode.PRESENT | FaultCode.WRITE));
  }

  /** Keeps showing what was right before the guest moved the page. */
  private static Scene remapped(Set<Rule> judged, String flags) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, flags);
    scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
    return scene.map(0, OTHER_FRAME, flags);
  }

  static Optional<Violation> keptByTheProcessor(Set<Rule> judged) {
    return remapped(judged, "PWUAD")
        .shows(SUPERVISOR)
        .invalidate(0, resumed(EventCause.TLB_MANIPULATION, ResyncKind.PARTIAL));
  }

  static Optional<Violation> derivedWithoutAccessed(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUD");
    return scene.shows(SUPERVISOR, scene.entry(0, FRAME, "r--")).fault(load(0), mended());
  }

  static Optional<Violation> storeWithoutDirty(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUA");
    return scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-")).fault(store(0), mended());
  }

  static Optional<Violation> changesGuestMemory(Set<Rule> judged) {
    Scene scene = Scene.reporting(judged).map(0, FRAME, "PWUAD");
    long address = ExampleGuest.address(ExampleGuest.TABLE, 0);
    long entry = Integer.toUnsignedLong(GuestEntry.of(FRAME, "PWUAD"));
    return scene
        .shows(SUPERVISOR, scene.entry(0, FRAME, "rw-"))
        .meanwhile(
            () -> scene.memory().compareAndSet(address, 4, entry, entry | GuestEntry.flags("G")))
        .fault(load(0), mended());
  }
}
