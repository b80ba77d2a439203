/**
 * A second formulation of translation, written from the tables of the manual and apart from the
 * model's walker.
 *
 * <p>The manual's tables are here as literal rows; nothing of {@code io.vtlb.model.paging} is used,
 * so that a mistake there cannot hide here. Source: Intel SDM vol. 3, 4.3 to 4.8; AMD APM vol. 2,
 * 5.3.
 */
@NullMarked
package io.vtlb.conformance.sweep.manual;

import org.jspecify.annotations.NullMarked;
