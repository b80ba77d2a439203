package io.vtlb.model.monitor;

import static io.vtlb.model.guest.ExampleGuest.FRAME;
import static io.vtlb.model.machine.PrivilegeSet.SUPERVISOR;
import static io.vtlb.model.monitor.Scene.mended;
import static io.vtlb.model.monitor.Scene.store;

import io.vtlb.model.event.HostResponse;
import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.operation.HostOperation.HarvestDirtyLog;
import io.vtlb.model.operation.HostOperation.ProtectFrames;
import io.vtlb.model.operation.HostOperation.StartDirtyLog;
import io.vtlb.model.operation.HostOperation.UnmapFrames;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Feature;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The smallest scripts that break one rule about the host and no other. */
final class BrokenHost {

  private BrokenHost() {}

  /** The target asks processors to forget everything, and names no frame. */
  static HostResponse dropped() {
    return HostResponse.dropping(List.of(new ProcessorDrop.Everything(Scene.CPU)));
  }

  static Optional<Violation> keepsWhatIsRevoked(Set<Rule> judged) {
    Scene scene = mapped(judged);
    return scene.host(new UnmapFrames(0, FRAME, 1), dropped());
  }

  static Optional<Violation> storesToReadOnly(Set<Rule> judged) {
    Scene scene = mapped(judged);
    return scene.host(new ProtectFrames(0, FRAME, 1, true), dropped());
  }

  static Optional<Violation> forgetsAWrite(Set<Rule> judged) {
    Scene scene = mapped(judged);
    Optional<Violation> started = scene.host(new StartDirtyLog(0), dropped());
    scene.guestStores(FRAME);
    return started.or(() -> scene.host(new HarvestDirtyLog(0), dropped()));
  }

  /** A scene in which a page is mapped and may be stored to. */
  static Scene mapped(Set<Rule> judged) {
    Scene scene =
        Scene.reporting(judged, Feature.HOST_OPERATIONS, Feature.INTERLEAVING)
            .map(0, FRAME, "PWUAD");
    Optional<Violation> none =
        scene.shows(SUPERVISOR, scene.entry(0, FRAME, "rw-")).fault(store(0), mended());
    return none.isEmpty() ? scene : failed(none.get());
  }

  private static Scene failed(Violation violation) {
    throw new AssertionError("the scene does not start well: " + violation);
  }
}
