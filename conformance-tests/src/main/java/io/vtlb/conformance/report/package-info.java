/**
 * Puts results into words: tables and counterexamples as text, and the same as JSON. Nothing is
 * judged here.
 */
@NullMarked
package io.vtlb.conformance.report;

import org.jspecify.annotations.NullMarked;
