/**
 * The kit from JUnit: one line in a test class makes a test of every rule.
 *
 * <p>Here belongs what turns a run into dynamic tests: options, names, failure messages and the
 * files that go with them. What a run is and what it finds does not belong here. JUnit is the
 * user's own; the command line runs without it.
 */
@NullMarked
package io.vtlb.conformance.junit;

import org.jspecify.annotations.NullMarked;
