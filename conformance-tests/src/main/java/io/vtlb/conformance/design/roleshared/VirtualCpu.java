package io.vtlb.conformance.design.roleshared;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Vcpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One virtual CPU: its control state, the root it runs on, and the last ones that it left. */
final class VirtualCpu {

  /** How many roots are kept besides the one in use. */
  private static final int MOST_PREVIOUS = 3;

  final Vcpu name;
  private ControlState control;
  private Root root;
  private final List<Root> previous = new ArrayList<>();

  VirtualCpu(Vcpu name, ControlState control) {
    this.name = name;
    this.control = control;
    this.root = new Root(Root.Key.of(control));
  }

  ControlState control() {
    return control;
  }

  Root root() {
    return root;
  }

  /** The root in use and the previous ones. */
  List<Root> roots() {
    List<Root> all = new ArrayList<>(previous);
    all.add(root);
    return all;
  }

  /** Leaves the root in use, under a control state that is about to be loaded. */
  void leave(ControlState after, long version) {
    root.leave(version);
    previous.addFirst(root);
    control = after;
  }

  /** Every root that a flush covers, previous ones too, has to be synchronised before use. */
  void owe(Predicate<Root.Key> covered) {
    for (Root one : roots()) {
      if (covered.test(one.key)) {
        one.owe();
      }
    }
  }

  void forgetPrevious() {
    previous.forEach(Root::release);
    previous.clear();
  }

  /** Goes on with the root of a key: a previous one if there is one. */
  void enter(Root.Key key) {
    Optional<Root> kept = previous.stream().filter(one -> one.key.equals(key)).findFirst();
    root = kept.orElseGet(() -> new Root(key));
    previous.remove(root);
    while (previous.size() > MOST_PREVIOUS) {
      previous.removeLast().release();
    }
  }
}
