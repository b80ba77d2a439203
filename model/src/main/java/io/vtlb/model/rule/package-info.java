/**
 * The one registry of rules: what each asks, why, where it comes from, and what to look at when it
 * fails.
 *
 * <p>The monitor judges by these; reports, claims and documentation read them. How a rule is
 * checked is the monitor's business.
 */
@NullMarked
package io.vtlb.model.rule;

import org.jspecify.annotations.NullMarked;
