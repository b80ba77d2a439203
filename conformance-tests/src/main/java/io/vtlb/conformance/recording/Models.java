package io.vtlb.conformance.recording;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The models of the modes that one recording meets, each made once. */
final class Models {

  private final AccessModel.Factory factory;
  private final Profile profile;
  private final Map<PagingMode, AccessModel> models = new HashMap<>();

  Models(AccessModel.Factory factory, Profile profile) {
    this.factory = factory;
    this.profile = profile;
  }

  /** The mode that a control state selects, and its model if there is one. */
  ModeInForce of(ControlState control) {
    RecordedPaging paging = RecordedPaging.ofLevels(PagingRole.of(control).levels());
    Optional<PagingMode> mode = paging.mode();
    if (mode.isEmpty()) {
      return new ModeInForce.Unsupported(paging.unsupported());
    }
    AccessModel model =
        models.computeIfAbsent(mode.get(), described -> factory.of(described, profile));
    return new ModeInForce.Modelled(control, model);
  }
}
