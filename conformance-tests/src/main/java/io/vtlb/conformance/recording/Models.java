package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import java.util.HashMap;
import java.util.Map;

/** The models of the modes that one recording meets, each made once. */
final class Models {

  private final AccessModel.Factory factory;
  private final Profile profile;
  private final Map<PagingMode, AccessModel> models = new HashMap<>();

  Models(AccessModel.Factory factory, Profile profile) {
    this.factory = factory;
    this.profile = profile;
  }

  /** The mode that a control state selects, with its model; without paging there is none. */
  ModeInForce of(ControlState control) {
    PagingMode mode = PagingMode.of(control);
    if (mode.levels().isEmpty()) {
      return ModeInForce.NO_PAGING;
    }
    AccessModel model = models.computeIfAbsent(mode, selected -> factory.of(selected, profile));
    return new ModeInForce.Modelled(control, model);
  }
}
