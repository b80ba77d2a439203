/** What the designs have in common, by example. */
@NullMarked
package io.vtlb.conformance.design.parts;

import org.jspecify.annotations.NullMarked;
