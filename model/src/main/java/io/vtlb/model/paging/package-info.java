/**
 * How a guest structure translates: modes and entry formats as data, one walker, and permission.
 *
 * <p>Nothing here caches, and nothing here writes memory. A mode describes its levels, the bits
 * that index them and the meaning of an entry; {@link io.vtlb.model.paging.Walker} reads any of
 * them. Source: Intel SDM vol. 3, 4.1 to 4.7.
 */
@NullMarked
package io.vtlb.model.paging;

import org.jspecify.annotations.NullMarked;
