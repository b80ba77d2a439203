package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;

/** What a model says of one access that walks the guest structure from its root. */
interface AccessModel {

  /** The mode whose structures this model walks. */
  PagingMode mode();

  Prediction predict(Access access, ControlState control, GuestMemory memory);

  /** Makes the model of one mode on one processor. */
  @FunctionalInterface
  interface Factory {

    AccessModel of(PagingMode mode, Profile profile);
  }
}
