/**
 * The guest-physical memory of a modelled machine, and who wrote to it.
 *
 * <p>Mutable on purpose, behind one owner: the kit that plays the machine. Nothing here knows what
 * an entry means.
 */
@NullMarked
package io.vtlb.model.memory;

import org.jspecify.annotations.NullMarked;
