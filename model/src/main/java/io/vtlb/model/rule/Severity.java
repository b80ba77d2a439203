package io.vtlb.model.rule;

/** How binding a rule is: a conforming target keeps every MUST; a SHOULD is reported. */
public enum Severity {
  MUST,
  SHOULD
}
