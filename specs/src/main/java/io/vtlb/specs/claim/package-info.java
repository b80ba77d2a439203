/**
 * The 30 claims of the method, in our own words, and the rules that come from each.
 *
 * <p>The claims are data ({@code claims.json}); the rules know their claims. How rules are checked
 * is not known here.
 */
@NullMarked
package io.vtlb.specs.claim;

import org.jspecify.annotations.NullMarked;
