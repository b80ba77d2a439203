package io.vtlb.conformance.fault;

import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VirtualTlb;
import java.util.function.Supplier;

/** One named mistake, made by an otherwise right virtual TLB. */
public final class Fault {

  private final String name;
  private final String modelledOn;
  private final Rule blamed;
  private final Supplier<Deviation> deviation;

  Fault(String name, String modelledOn, Rule blamed, Supplier<Deviation> deviation) {
    this.name = name;
    this.modelledOn = modelledOn;
    this.blamed = blamed;
    this.deviation = deviation;
  }

  /** What it does wrong, in words joined by hyphens. */
  public String name() {
    return name;
  }

  /** The real defect that it is modelled on, or the claim that it denies where none is known. */
  public String modelledOn() {
    return modelledOn;
  }

  /** The rule that must be blamed. */
  public Rule blamed() {
    return blamed;
  }

  /** A fresh target that makes this mistake. */
  public VirtualTlb target() {
    return new DeviatingVmm(name, new ReferenceVmm(), deviation.get());
  }
}
