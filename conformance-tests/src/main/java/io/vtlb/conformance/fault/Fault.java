package io.vtlb.conformance.fault;

import io.vtlb.model.reference.ReferenceVmm;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.VirtualTlb;
import java.util.Optional;
import java.util.function.Supplier;

/** One named mistake, made by an otherwise right virtual TLB. */
public final class Fault {

  /** The design of the faults that deviate from the reference VMM. */
  public static final String REFERENCE = "reference";

  private final String name;
  private final String design;
  private final String modelledOn;
  private final Rule blamed;
  private final Supplier<? extends VirtualTlb> maker;

  private Fault(
      String name,
      String design,
      String modelledOn,
      Rule blamed,
      Supplier<? extends VirtualTlb> maker) {
    this.name = name;
    this.design = design;
    this.modelledOn = modelledOn;
    this.blamed = blamed;
    this.maker = maker;
  }

  /** A mistake made around the reference VMM. */
  Fault(String name, String modelledOn, Rule blamed, Supplier<Deviation> deviation) {
    this(
        name,
        REFERENCE,
        modelledOn,
        blamed,
        () -> new DeviatingVmm(name, new ReferenceVmm(), deviation.get()));
  }

  /**
   * A mistake made inside a design.
   *
   * @param maker makes a fresh target with the mistake in it
   */
  static Fault inside(
      String design,
      String name,
      String modelledOn,
      Rule blamed,
      Supplier<? extends VirtualTlb> maker) {
    return new Fault(
        name,
        design,
        modelledOn,
        blamed,
        () -> new DeviatingVmm(name, maker.get(), Deviation.NONE));
  }

  /** What it does wrong, in words joined by hyphens. */
  public String name() {
    return name;
  }

  /** The right design that it is a mistake in: {@link #REFERENCE}, or a name of the zoo. */
  public String design() {
    return design;
  }

  /** The real defect that it is modelled on, or the claim that it denies where none is known. */
  public String modelledOn() {
    return modelledOn;
  }

  /** The kind of mistake, where a real defect is its model. */
  public Optional<DefectClass> defectClass() {
    return DefectClass.of(modelledOn);
  }

  /** The rule that must be blamed. */
  public Rule blamed() {
    return blamed;
  }

  /** A fresh target that makes this mistake. */
  public VirtualTlb target() {
    return maker.get();
  }
}
