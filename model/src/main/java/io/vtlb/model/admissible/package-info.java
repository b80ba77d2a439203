/**
 * What a TLB and paging-structure caches may hold: the set that a conforming target stays inside.
 *
 * <p>A TLB may keep or forget, fill early by speculation, and hold partial walks, so the reference
 * is not one behaviour but a saturated set: filling adds all that could have been filled, dropping
 * removes exactly what the architecture obliges. Source: Intel SDM vol. 3, 4.10.
 */
@NullMarked
package io.vtlb.model.admissible;

import org.jspecify.annotations.NullMarked;
