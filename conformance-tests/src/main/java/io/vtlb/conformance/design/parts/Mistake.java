package io.vtlb.conformance.design.parts;

import io.vtlb.model.rule.Rule;
import java.util.Locale;

/**
 * A mistake that a design can be told to make, at one place of its code: a constant of its enum.
 */
public interface Mistake {

  /** The constant. */
  String name();

  /** The name of the fault, which is public: the constant in words joined by hyphens. */
  default String faultName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The real defect that it is modelled on, and its kind. */
  String modelledOn();

  /** The rule that must be blamed. */
  Rule blamed();
}
